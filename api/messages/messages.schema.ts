import { builder } from '../graphql/builder.ts';
import { NodeType } from '../graphql/node.schema.ts';
import { edgesOf, PageInfoType, pageInfoOf } from '../graphql/page-info.schema.ts';
import type { EdgeOf, PageOf } from '../graphql/page-info.schema.ts';
import { MessageType } from '../graphql/refs.ts';
import type { Page } from '../paging.ts';
import { cursorOf, placeOf } from './chat-order.ts';
import { shownTimes, statusOf } from './delivery-status.ts';
import { DeliveryErrorType } from './delivery-error.schema.ts';
import { deliveryErrorOf } from './delivery-error.ts';
import { MessageContentType } from './message-content.schema.ts';
import { textOf } from './message-content.ts';
import { MessageDirection, MessageKind, MessageStatusType } from './message-enums.schema.ts';
import type { Message, Reaction } from './message.ts';

const ReactionType = builder.objectRef<Reaction>('Reaction').implement({
  description: 'A reaction that stands: the newest of its side.',
  fields: (t) => ({
    emoji: t.exposeString('emoji', { description: 'One emoji.' }),
    byCustomer: t.exposeBoolean('byCustomer', { description: 'False: our side reacted.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
  }),
});

MessageType.implement({
  description: 'One message of a chat, in or out.',
  interfaces: [NodeType],
  fields: (t) => ({
    wamid: t.exposeString('wamid', {
      nullable: true,
      description: "WhatsApp's own id; null until WhatsApp has accepted an outbound message.",
    }),
    clientMessageId: t.exposeID('clientMessageId', {
      nullable: true,
      description: "The sender's own id for it, when one was given to sendMessage.",
    }),
    cursor: t.string({
      description:
        'Its place in the order of all messages, for `after` and `before` of `messages`: with it a page around any message can be read.',
      resolve: ({ timestamp, id }) => cursorOf(placeOf(timestamp, id)),
    }),
    direction: t.expose('direction', { type: MessageDirection, description: 'In or out.' }),
    type: t.field({
      type: MessageKind,
      description: 'What kind of message it is; `content` holds the details.',
      resolve: ({ content }) => content.type,
    }),
    text: t.string({
      description:
        'Body or caption, or a one-line description for kinds without text. Never null, never markup.',
      resolve: ({ content }) => textOf(content),
    }),
    content: t.field({
      type: MessageContentType,
      description: 'What it holds, by its kind.',
      resolve: (message) => ({ ...message.content, message }),
    }),
    status: t.field({
      type: MessageStatusType,
      description: 'How far it has come.',
      resolve: ({ delivery }) => statusOf(delivery),
    }),
    timestamp: t.expose('timestamp', {
      type: 'DateTime',
      description: "Meta's time for inbound messages, ours for outbound ones.",
    }),
    replyTo: t.field({
      type: MessageType,
      nullable: true,
      description: 'The message it quotes; null when it quotes none, or one that is not here.',
      resolve: ({ replyToWamid: wamid, phoneNumberId }, _arguments, { loaders }) =>
        wamid === null ? null : loaders.messageByName.load({ phoneNumberId, wamid }),
    }),
    reactions: t.field({
      type: [ReactionType],
      description: 'The reactions that stand: at most one of each side.',
      resolve: (message, _arguments, { loaders }) => loaders.reactions.load(message),
    }),
  }),
});

/** Its way: when it came how far, or why no further. */
builder.objectFields(MessageType, (t) => ({
  receivedAt: t.expose('receivedAt', {
    type: 'DateTime',
    description: 'When it reached this server, or was written here.',
  }),
  sentAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When WhatsApp accepted it.',
    resolve: ({ delivery }) => shownTimes(delivery).sentAt,
  }),
  deliveredAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: "When it reached the customer's phone.",
    resolve: ({ delivery }) => shownTimes(delivery).deliveredAt,
  }),
  readAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When the customer read it.',
    resolve: ({ delivery }) => shownTimes(delivery).readAt,
  }),
  failedAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When it failed for good; null unless FAILED.',
    resolve: ({ delivery }) => (statusOf(delivery) === 'FAILED' ? delivery.failedAt : null),
  }),
  attempts: t.int({
    description:
      'How often it was handed to WhatsApp, the attempt under way included; 0 for what came in or was sent from the phone.',
    resolve: ({ delivery }) => delivery.attempt,
  }),
  error: t.field({
    type: DeliveryErrorType,
    nullable: true,
    description: 'Why it failed, in words a person can act on; null unless FAILED or UNKNOWN.',
    resolve: ({ delivery }) => deliveryErrorOf(delivery),
  }),
}));

const MessageEdge = builder.objectRef<EdgeOf<Message>>('MessageEdge').implement({
  description: 'A message and its place in the list.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'Its place, for `after` and `before`.' }),
    node: t.expose('node', { type: MessageType, description: 'The message.' }),
  }),
});

export const MessageConnection = builder.objectRef<PageOf<Message>>('MessageConnection').implement({
  description: 'A page of messages in the order of the chat, oldest first.',
  fields: (t) => ({
    edges: t.field({
      type: [MessageEdge],
      description: 'The messages with their cursors.',
      resolve: (page) => edgesOf(page),
    }),
    nodes: t.field({
      type: [MessageType],
      description: 'The messages alone.',
      resolve: ({ items }) => items,
    }),
    pageInfo: t.field({
      type: PageInfoType,
      description: 'Where this page stands.',
      resolve: (page) => pageInfoOf(page),
    }),
  }),
});

export function messagePage(page: Page<Message>): PageOf<Message> {
  return { ...page, placeOf: ({ timestamp, id }) => placeOf(timestamp, id) };
}
