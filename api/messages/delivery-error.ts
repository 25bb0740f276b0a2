import { adviceFor } from '../whatsapp/error-codes.ts';
import type { Advice } from '../whatsapp/error-codes.ts';
import { statusOf } from './delivery-status.ts';
import type { DeliveryState } from './delivery-status.ts';
import { ownFailure } from './own-failure.ts';

/** Why a message failed, in words a person can act on. */
export interface DeliveryError extends Advice {
  /** Meta's code; null where it gave none. */
  readonly code: number | null;
}

/** Null unless the message is FAILED or UNKNOWN. */
export function deliveryErrorOf(delivery: DeliveryState): DeliveryError | null {
  const status = statusOf(delivery);
  if (status !== 'FAILED' && status !== 'UNKNOWN') return null;
  const failure = delivery.failure ?? ownFailure('outcome-unknown');
  return { code: failure.code, ...adviceFor(failure) };
}
