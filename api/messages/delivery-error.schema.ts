import { builder } from '../graphql/builder.ts';
import type { DeliveryError } from './delivery-error.ts';

export const DeliveryErrorType = builder.objectRef<DeliveryError>('DeliveryError').implement({
  description: 'Why a message failed, in words a person can act on.',
  fields: (t) => ({
    code: t.exposeInt('code', {
      nullable: true,
      description: "Meta's code, or null where Meta gave none.",
    }),
    title: t.exposeString('title', { description: 'What happened.' }),
    advice: t.exposeString('advice', { description: 'What to do next.' }),
    retryable: t.exposeBoolean('retryable', {
      description:
        'The same message can succeed by `retryMessage`, once the advice was followed. False: something in it has to change.',
    }),
  }),
});
