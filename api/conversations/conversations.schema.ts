import { builder } from '../graphql/builder.ts';
import { NodeType } from '../graphql/node.schema.ts';
import { edgesOf, PageInfoType, pageInfoOf } from '../graphql/page-info.schema.ts';
import type { EdgeOf, PageOf } from '../graphql/page-info.schema.ts';
import { ContactType, ConversationType, MessageType } from '../graphql/refs.ts';
import type { Conversation } from './conversation.ts';
import type { ConversationsFilter } from './conversations.ts';
import { serviceWindowAt } from './service-window.ts';
import type { ServiceWindow } from './service-window.ts';

const ServiceWindowState = builder.enumType('ServiceWindowState', {
  description:
    'UNKNOWN: the customer has never written to this number as far as we know; sends are let through and WhatsApp decides.',
  values: {
    OPEN: { description: 'Free-form messages may be sent.' },
    CLOSED: { description: 'Only templates may be sent.' },
    UNKNOWN: { description: 'Sends are let through and WhatsApp decides.' },
  } as const,
});

const ServiceWindowType = builder.objectRef<ServiceWindow>('ServiceWindow').implement({
  description:
    "Free-form messages may be sent only within 24 hours of the customer's last message; outside it, templates only.",
  fields: (t) => ({
    state: t.expose('state', { type: ServiceWindowState, description: 'As of now.' }),
    openedAt: t.expose('openedAt', {
      type: 'DateTime',
      nullable: true,
      description: "The time of the customer's last message; null while UNKNOWN.",
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it closes or closed; null while UNKNOWN.',
    }),
  }),
});

ConversationType.implement({
  description: 'The chat of one contact with one business number.',
  interfaces: [NodeType],
  fields: (t) => ({
    phoneNumberId: t.exposeString('phoneNumberId', {
      description: 'The business number that it belongs to.',
    }),
    contact: t.expose('contact', { type: ContactType, description: 'The customer.' }),
    unreadCount: t.exposeInt('unreadCount', {
      description: 'Inbound messages that nobody has marked seen.',
    }),
    firstUnread: t.field({
      type: MessageType,
      nullable: true,
      description:
        'The first one in the order of the chat of those that `unreadCount` counts: where reading goes on. Null when nothing is unread.',
      resolve: ({ id, unreadCount }, _arguments, { conversations }) =>
        unreadCount === 0 ? null : conversations.firstUnread(id),
    }),
    lastMessage: t.field({
      type: MessageType,
      nullable: true,
      description: 'The last one in the order of the chat; null while there is none.',
      resolve: ({ lastMessageId: id }, _arguments, { loaders }) =>
        id === null ? null : loaders.message.load(id),
    }),
    lastActivityAt: t.expose('lastActivityAt', {
      type: 'DateTime',
      description: 'The time of the last message.',
    }),
    serviceWindow: t.field({
      type: ServiceWindowType,
      description: 'Whether free-form messages may be sent.',
      resolve: ({ window }, _arguments, { clock }) => serviceWindowAt(window, clock.now()),
    }),
    formerIds: t.exposeIDList('formerIds', {
      description:
        'Ids of conversations that were joined into this one when two contacts turned out to be one person. They still find it.',
    }),
  }),
});

builder.objectField(MessageType, 'conversation', (t) =>
  t.field({
    type: ConversationType,
    description: 'The chat it belongs to.',
    resolve: async ({ id, conversationId }, _arguments, { loaders }) => {
      const conversation = await loaders.conversation.load(conversationId);
      if (conversation === null) throw new Error(`Message ${id} has no conversation.`);
      return conversation;
    },
  }),
);

const ConversationEdge = builder.objectRef<EdgeOf<Conversation>>('ConversationEdge').implement({
  description: 'A conversation and its place in the list.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'Its place, for `after` and `before`.' }),
    node: t.expose('node', { type: ConversationType, description: 'The conversation.' }),
  }),
});

export interface ConversationPage extends PageOf<Conversation> {
  readonly filter: ConversationsFilter;
  /** Null where nobody asked for it. */
  readonly eventCursor: string | null;
}

export const ConversationConnection = builder
  .objectRef<ConversationPage>('ConversationConnection')
  .implement({
    description: 'A page of conversations, newest activity first.',
    fields: (t) => ({
      edges: t.field({
        type: [ConversationEdge],
        description: 'The conversations with their cursors.',
        resolve: (page) => edgesOf(page),
      }),
      nodes: t.field({
        type: [ConversationType],
        description: 'The conversations alone.',
        resolve: ({ items }) => items,
      }),
      pageInfo: t.field({
        type: PageInfoType,
        description: 'Where this page stands.',
        resolve: (page) => pageInfoOf(page),
      }),
      eventCursor: t.exposeString('eventCursor', {
        nullable: true,
        description:
          'Where the events stood just before this page was read: `messageEvents(after:)` brings all that changed since. Null while the feed cannot tell.',
      }),
      totalUnread: t.int({
        description: 'Unread messages in all conversations of this filter, not just of this page.',
        resolve: ({ filter }, _arguments, { conversations }) => conversations.totalUnread(filter),
      }),
    }),
  });
