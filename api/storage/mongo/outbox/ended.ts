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
  const { delivery } = before;
  const attempts = endAttempt(before.attempts, endOf(delivery.attempt, outcome));
  switch (outcome.kind) {
    case 'RETRY':
    case 'RELEASE': {
      const place = before.queue ?? (terms && { ...terms, queuedAt: outcome.at });
      if (place === undefined) return null;
      const queue: QueuePlace = {
        queuedAt: place.queuedAt,
        dueAt: outcome.dueAt,
        giveUpAt: place.giveUpAt,
        refusals: place.refusals + (outcome.kind === 'RETRY' ? 1 : 0),
        leaseUntil: null,
      };
      return { attempts, delivery: { ...delivery, stage: 'QUEUED', failure: null }, queue };
    }
    case 'FAILED':
    case 'UNKNOWN': {
      const failedAt = outcome.kind === 'FAILED' ? outcome.at : null;
      const { failure, kind: stage } = outcome;
      return { attempts, delivery: { ...delivery, stage, failedAt, failure }, queue: undefined };
    }
  }
}

export function endOf(attempt: number, { at, kind, failure }: Unaccepted): AttemptEnd {
  return { attempt, at, outcome: kind, code: failure.code };
}
