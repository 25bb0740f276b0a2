import type { Instant } from '../../../clock.ts';
import type { QueueTerms } from '../../store.ts';
import type { Database } from '../database.ts';

/**
 * One line per conversation. Only its head carries `is_head`, so that looking for what is due reads
 * nothing of those who wait behind. A head keeps its place while it is SENDING (`lease_until`).
 */
export interface LineRow {
  readonly position: number;
  readonly message: number;
  readonly conversation: number;
  readonly phone_number_id: string;
  readonly queued_at: Instant;
  readonly due_at: Instant;
  readonly give_up_at: Instant;
  readonly refusals: number;
  readonly is_head: number;
  readonly lease_until: Instant | null;
}

export function joinLine(
  database: Database,
  message: { readonly ord: number; readonly conversation: number; readonly phoneNumberId: string },
  terms: QueueTerms,
): void {
  database.run(
    `INSERT INTO outbox (message, conversation, phone_number_id, queued_at, due_at, give_up_at, is_head)
     VALUES (?1, ?2, ?3, ?4, ?4, ?5, NOT EXISTS (SELECT 1 FROM outbox WHERE conversation = ?2))`,
    message.ord,
    message.conversation,
    message.phoneNumberId,
    terms.now,
    terms.giveUpAt,
  );
}

/** The message is sent, failed or unknown: the next one of its line comes up. */
export function leaveLine(database: Database, ord: number): void {
  const row = database.get<Pick<LineRow, 'conversation'>>(
    'SELECT conversation FROM outbox WHERE message = ?',
    ord,
  );
  if (row === undefined) return;
  database.run('DELETE FROM outbox WHERE message = ?', ord);
  promoteFirst(database, row.conversation);
}

/** The message is to be sent again after all: before all who wait, since it was there before them. */
export function rejoinLine(
  database: Database,
  message: { readonly ord: number; readonly conversation: number; readonly phoneNumberId: string },
  terms: QueueTerms & Pick<LineRow, 'refusals'>,
): void {
  database.run(
    `INSERT INTO outbox (position, message, conversation, phone_number_id, queued_at, due_at, give_up_at,
       refusals, is_head)
     VALUES ((SELECT min(position) - 1 FROM outbox), ?1, ?2, ?3, ?4, ?4, ?5, ?6, 0)`,
    message.ord,
    message.conversation,
    message.phoneNumberId,
    terms.now,
    terms.giveUpAt,
    terms.refusals,
  );
  realignLine(database, message.conversation);
}

/** After two lines became one: a single head again, unless two are being sent already. */
export function realignLine(database: Database, conversation: number): void {
  database.run(
    'UPDATE outbox SET is_head = 0 WHERE conversation = ? AND is_head = 1 AND lease_until IS NULL',
    conversation,
  );
  promoteFirst(database, conversation);
}

function promoteFirst(database: Database, conversation: number): void {
  database.run(
    `UPDATE outbox SET is_head = 1
     WHERE position = (SELECT min(position) FROM outbox WHERE conversation = ?1)
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE conversation = ?1 AND is_head = 1)`,
    conversation,
  );
}

/**
 * The business numbers that have somebody waiting: each found by one step in the index, however
 * long their queues are.
 */
export const waitingNumbers = `WITH RECURSIVE waiting (phone_number_id) AS (
    SELECT min(phone_number_id) FROM outbox WHERE is_head = 1 AND lease_until IS NULL
    UNION ALL
    SELECT (SELECT min(o.phone_number_id) FROM outbox o WHERE o.is_head = 1
      AND o.lease_until IS NULL AND o.phone_number_id > waiting.phone_number_id)
    FROM waiting WHERE waiting.phone_number_id IS NOT NULL
  )`;
