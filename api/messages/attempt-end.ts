import { isDeepStrictEqual } from 'node:util';
import type { ClaimedAttempt, Settlement } from '../storage/store.ts';
import type { DeliveryState, Failure } from './delivery-status.ts';
import { ownFailure } from './own-failure.ts';

/** Of a message whose lease ran out: whoever was sending it has not told how that ended. */
export const cutOff: Failure = ownFailure(
  'outcome-unknown',
  'The server stopped while sending it.',
);

/** What is known of a message once an attempt to send it has ended so. */
export function stateAfter(before: DeliveryState, outcome: Settlement): DeliveryState {
  switch (outcome.kind) {
    case 'ACCEPTED': {
      // A failure that WhatsApp reported meanwhile is newer than its acceptance.
      const isRefused = before.stage === 'FAILED';
      const failure = isRefused ? before.failure : null;
      return { ...before, stage: isRefused ? 'FAILED' : 'ACCEPTED', sentAt: outcome.at, failure };
    }
    case 'RETRY':
    case 'RELEASE':
      return { ...before, stage: 'QUEUED', failure: null };
    case 'FAILED':
      return { ...before, stage: 'FAILED', failedAt: outcome.at, failure: outcome.failure };
    case 'UNKNOWN':
      return { ...before, stage: 'UNKNOWN', failedAt: null, failure: outcome.failure };
  }
}

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
