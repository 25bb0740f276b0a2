import { builder } from '../graphql/builder.ts';
import {
  ConflictErrorType,
  InvalidInputErrorType,
  NotConfiguredErrorType,
  NotFoundErrorType,
  ServiceWindowClosedErrorType,
  StaleConversationErrorType,
} from '../graphql/refusals.schema.ts';
import { MessageType } from '../graphql/refs.ts';
import type { SendResult } from './send-result.ts';

const SendMessageInput = builder.inputType('SendMessageInput', {
  description:
    'A message to send. Exactly one of `to` and `conversationId`; exactly one kind of content.',
  fields: (t) => ({
    to: t.field({
      type: 'PhoneNumber',
      description: "The recipient's number. Exactly one of to and conversationId.",
    }),
    conversationId: t.id({ description: 'The chat to write into.' }),
    text: t.string({
      description: 'Exactly one kind of content; text is 1 to 4096 characters.',
    }),
    replyToId: t.id({ description: 'The message of the same chat that this one quotes.' }),
    clientMessageId: t.id({
      description:
        'Idempotency key: the same key and the same sender give the same message back, sent once.',
    }),
    expectedLastMessageId: t.id({
      description:
        'Refuse if the conversation has a newer message than this one: somebody wrote meanwhile.',
    }),
  }),
});

const SendMessageResult = builder.unionType('SendMessageResult', {
  description: 'The message, or why it was refused.',
  types: [
    MessageType,
    InvalidInputErrorType,
    NotConfiguredErrorType,
    ServiceWindowClosedErrorType,
    StaleConversationErrorType,
    NotFoundErrorType,
    ConflictErrorType,
  ],
  resolveType: (result) => ('kind' in result ? typeNames[result.kind] : 'Message'),
});

const typeNames = {
  invalid: 'InvalidInputError',
  'not-configured': 'NotConfiguredError',
  'window-closed': 'ServiceWindowClosedError',
  stale: 'StaleConversationError',
  'not-found': 'NotFoundError',
  conflict: 'ConflictError',
} as const;

const shown = (result: SendResult) => (result.kind === 'message' ? result.message : result);

/** Use cases know the input alone; a client knows it as the argument `input`. */
function withinInput(result: SendResult): SendResult {
  if (result.kind !== 'invalid') return result;
  const issues = result.issues.map((issue) => ({ ...issue, path: ['input', ...issue.path] }));
  return { ...result, issues };
}

builder.mutationField('sendMessage', (t) =>
  t.field({
    type: SendMessageResult,
    description:
      'Stored durably before it answers; sent by the outbox. Progress comes as messageEvents.',
    args: {
      input: t.arg({
        type: SendMessageInput,
        required: true,
        description: 'What to send to whom.',
      }),
    },
    resolve: async (_root, { input }, { messages, sender }) =>
      shown(withinInput(await messages.send(input, sender))),
  }),
);

builder.mutationField('retryMessage', (t) =>
  t.field({
    type: SendMessageResult,
    description: 'Sends a FAILED or UNKNOWN message again, as a new attempt of the same message.',
    args: { id: t.arg.id({ required: true, description: 'The message.' }) },
    resolve: async (_root, { id }, { messages }) => shown(await messages.retry(id)),
  }),
);
