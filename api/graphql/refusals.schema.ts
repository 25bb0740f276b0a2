import type { InputIssue } from '../errors.ts';
import type { SendResult } from '../messages/send-result.ts';
import { builder } from './builder.ts';
import { MessageType } from './refs.ts';

type RefusalOf<Kind extends SendResult['kind']> = Extract<SendResult, { readonly kind: Kind }>;

const ErrorType = builder.interfaceRef<{ readonly message: string }>('Error').implement({
  description: 'Refusals a client can expect are data; each says in one sentence what to do.',
  fields: (t) => ({ message: t.exposeString('message', { description: 'What to do.' }) }),
});

const InputIssueType = builder.objectRef<InputIssue>('InputIssue').implement({
  description: 'One thing that is wrong with the input.',
  fields: (t) => ({
    path: t.exposeStringList('path', {
      description: 'Where, from the argument inwards: ["input", "to"].',
    }),
    message: t.exposeString('message', { description: 'What is wrong, and what to do.' }),
  }),
});

export const InvalidInputErrorType = builder
  .objectRef<RefusalOf<'invalid'>>('InvalidInputError')
  .implement({
    description: 'Something in the input cannot be used.',
    interfaces: [ErrorType],
    fields: (t) => ({
      issues: t.expose('issues', { type: [InputIssueType], description: 'All that is wrong.' }),
    }),
  });

export const NotConfiguredErrorType = builder
  .objectRef<RefusalOf<'not-configured'>>('NotConfiguredError')
  .implement({
    description: 'WhatsApp credentials are missing, so nothing can be sent.',
    interfaces: [ErrorType],
    fields: (t) => ({
      missingSettings: t.exposeStringList('missingSettings', {
        description: 'The settings that are missing, by their environment names.',
      }),
    }),
  });

export const ServiceWindowClosedErrorType = builder
  .objectRef<RefusalOf<'window-closed'>>('ServiceWindowClosedError')
  .implement({
    description: "More than 24 hours have passed since the customer's last message.",
    interfaces: [ErrorType],
    fields: (t) => ({
      closedAt: t.expose('closedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When the window closed; null where only WhatsApp knows.',
      }),
    }),
  });

export const StaleConversationErrorType = builder
  .objectRef<RefusalOf<'stale'>>('StaleConversationError')
  .implement({
    description: 'Somebody wrote meanwhile: the conversation has a newer message than expected.',
    interfaces: [ErrorType],
    fields: (t) => ({
      lastMessage: t.expose('lastMessage', {
        type: MessageType,
        description: 'The newest message now.',
      }),
    }),
  });

export const NotFoundErrorType = builder
  .objectRef<{ readonly kind: 'not-found'; readonly message: string }>('NotFoundError')
  .implement({
    description: 'What the input names does not exist.',
    interfaces: [ErrorType],
  });

export const ConflictErrorType = builder
  .objectRef<RefusalOf<'conflict'>>('ConflictError')
  .implement({
    description: 'The key was used before with other content.',
    interfaces: [ErrorType],
  });
