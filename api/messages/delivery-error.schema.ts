import { builder } from '../graphql/builder.ts';
import { adviceFor } from '../whatsapp/error-codes.ts';
import { statusOf } from './delivery-status.ts';
import type { DeliveryState } from './delivery-status.ts';
import { ownFailure } from './own-failure.ts';

interface DeliveryError {
  readonly code: number | null;
  readonly title: string;
  readonly advice: string;
  readonly retryable: boolean;
}

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
      description: '`retryMessage` can help without anything else being done first.',
    }),
  }),
});

export function deliveryErrorOf(delivery: DeliveryState): DeliveryError | null {
  const status = statusOf(delivery);
  if (status !== 'FAILED' && status !== 'UNKNOWN') return null;
  const failure = delivery.failure ?? ownFailure('outcome-unknown');
  return { code: failure.code, ...adviceFor(failure) };
}
