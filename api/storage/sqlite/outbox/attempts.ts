import type { Instant } from '../../../clock.ts';
import type { Database } from '../database.ts';

/** How an attempt ended, beside what the message itself says. */
export type AttemptOutcome = 'ACCEPTED' | 'RETRY' | 'RELEASE' | 'FAILED' | 'UNKNOWN';

export function beginAttempt(
  database: Database,
  message: { readonly ord: number; readonly phoneNumberId: string },
  begun: { readonly attempt: number; readonly at: Instant },
): void {
  database.run(
    'INSERT INTO attempts (message, attempt, phone_number_id, started_at) VALUES (?, ?, ?, ?)',
    message.ord,
    begun.attempt,
    message.phoneNumberId,
    begun.at,
  );
}

export function endAttempt(
  database: Database,
  ord: number,
  end: {
    readonly attempt: number;
    readonly at: Instant;
    readonly outcome: AttemptOutcome;
    readonly code: number | null;
  },
): void {
  database.run(
    'UPDATE attempts SET ended_at = ?, outcome = ?, code = ? WHERE message = ? AND attempt = ?',
    end.at,
    end.outcome,
    end.code,
    ord,
    end.attempt,
  );
}
