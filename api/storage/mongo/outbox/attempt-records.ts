import type { Instant } from '../../../clock.ts';
import type { AttemptRecord } from '../documents.ts';

/** How an attempt ended, beside what the message itself says. */
export interface AttemptEnd {
  readonly attempt: number;
  readonly at: Instant;
  readonly outcome: 'ACCEPTED' | 'RETRY' | 'RELEASE' | 'FAILED' | 'UNKNOWN';
  readonly code: number | null;
}

export function endAttempt(
  attempts: readonly AttemptRecord[],
  { attempt, at, outcome, code }: AttemptEnd,
): readonly AttemptRecord[] {
  return attempts.map((record) =>
    record.attempt === attempt ? { ...record, endedAt: at, outcome, code } : record,
  );
}

/** It was written down so before: by somebody who did not learn that it was. */
export function hasEndedSo(
  attempts: readonly AttemptRecord[],
  { attempt, at, outcome, code }: AttemptEnd,
): boolean {
  return attempts.some(
    (record) =>
      record.attempt === attempt &&
      record.endedAt === at &&
      record.outcome === outcome &&
      record.code === code,
  );
}
