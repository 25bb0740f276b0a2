import { isDeepStrictEqual } from 'node:util';
import type { ClaimedAttempt, Settlement } from '../storage/store.ts';
import type { DeliveryState, Failure } from './delivery-status.ts';
import { ownFailure } from './own-failure.ts';

/** Of a message whose lease ran out: whoever was sending it has not told how that ended. */
export const cutOff: Failure = ownFailure(
  'outcome-unknown',
  'The server stopped while sending it.',
);

/**
 * An outcome that comes after the lease ran out, and is heeded all the same: the message is UNKNOWN for want of anybody
 * who told, not by an answer that left it open. What is to be tried again needs the terms on which it waits.
 */
export function isToldLate(
  state: DeliveryState,
  { attempt, terms }: Pick<ClaimedAttempt, 'attempt' | 'terms'>,
  { kind }: Pick<Exclude<Settlement, { kind: 'ACCEPTED' }>, 'kind'>,
): boolean {
  const isCutOff = state.stage === 'UNKNOWN' && isDeepStrictEqual(state.failure, cutOff);
  if (!isCutOff || state.attempt !== attempt || kind === 'UNKNOWN') return false;
  return kind === 'FAILED' || terms !== undefined;
}
