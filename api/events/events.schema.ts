import { builder } from '../graphql/builder.ts';
import { ConversationType, MessageType } from '../graphql/refs.ts';
import type { FeedEvent } from './events.ts';
import { followMessageEvents } from '../graphql/follow-message-events.ts';

const MessageEventKind = builder.enumType('MessageEventType', {
  description: 'What an event says.',
  values: {
    READY: {
      description: 'The stream has begun; nothing changed. The cursor marks its beginning.',
    },
    MESSAGE_ADDED: { description: 'A message came in, or was stored to be sent.' },
    MESSAGE_UPDATED: { description: 'A message changed: its status, its reactions, its content.' },
    CONVERSATION_UPDATED: { description: 'A conversation changed: unread count, contact, window.' },
    RESYNC: {
      description:
        'Events were missed that are no longer kept: refetch what you show. The stream goes on live.',
    },
  } as const,
});

const MessageEventType = builder.objectRef<FeedEvent>('MessageEvent').implement({
  description:
    'One change, with the message and the conversation as they are when it is read from the log: never older than the change.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: 'Its place: give it as `after` to resume.' }),
    type: t.expose('type', { type: MessageEventKind, description: 'What happened.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it happened.' }),
    message: t.expose('message', {
      type: MessageType,
      nullable: true,
      description: 'The message that was added or changed; null for other events.',
    }),
    conversation: t.expose('conversation', {
      type: ConversationType,
      nullable: true,
      description: 'The conversation that it belongs to; null for READY and RESYNC.',
    }),
  }),
});

builder.subscriptionField('messageEvents', (t) =>
  t.field({
    type: MessageEventType,
    description: `Every change to messages and conversations, in one order, each with a cursor. \`after\` resumes: every event later than
that cursor is delivered once and in order, then the stream goes on live. Without \`after\` it starts now, and its first
event is READY, whose cursor marks that place. A cursor older than what is kept gives one RESYNC event, after which the
stream goes on live: the client refetches. An unknown or garbled cursor counts as too old.`,
    args: {
      after: t.arg.string({ description: 'Resume after this cursor.' }),
      conversationId: t.arg.id({ description: 'Only events of this conversation.' }),
      phoneNumber: t.arg({
        type: 'PhoneNumber',
        description: "Only events of conversations with this customer's number.",
      }),
    },
    subscribe: (_root, filter, context) => followMessageEvents(filter, context),
    resolve: (event) => event,
  }),
);
