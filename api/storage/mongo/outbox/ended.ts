import { stateAfter } from '../../../messages/attempt-end.ts';
import type { ClaimedAttempt, Settlement } from '../../store.ts';
import type { MessageDocument, QueuePlace } from '../documents.ts';
import type { MessageChange } from '../messages/change-message.ts';
import { endAttempt } from './attempt-records.ts';
import type { AttemptEnd } from './attempt-records.ts';

export type Unaccepted = Exclude<Settlement, { kind: 'ACCEPTED' }>;

/** `terms`: on which it goes back into a line that it has left, to its former place. */
export function ended(
  before: MessageDocument,
  outcome: Unaccepted,
  terms?: ClaimedAttempt['terms'],
): MessageChange | null {
  const { attempt } = before.delivery;
  const end = {
    attempts: endAttempt(before.attempts, endOf(attempt, outcome)),
    delivery: stateAfter(before.delivery, outcome),
  };
  if (outcome.kind === 'FAILED' || outcome.kind === 'UNKNOWN') return { ...end, queue: undefined };
  const place = before.queue ?? (terms && { ...terms, queuedAt: outcome.at });
  if (place === undefined) return null;
  const queue: QueuePlace = {
    // A clock that was set back since it was queued shall not make its new delay unbelievable.
    queuedAt: Math.min(place.queuedAt, outcome.at),
    dueAt: outcome.dueAt,
    giveUpAt: place.giveUpAt,
    refusals: place.refusals + (outcome.kind === 'RETRY' ? 1 : 0),
    leaseUntil: null,
  };
  return { ...end, queue };
}

export function endOf(attempt: number, { at, kind, failure }: Unaccepted): AttemptEnd {
  return { attempt, at, outcome: kind, code: failure.code };
}
