import type { Instant } from '../../../clock.ts';
import { trustedId } from '../../../ids.ts';
import { longestReceiptWaitMs } from '../../../outbox/limits.ts';
import { horizon } from '../../../outbox/set-back.ts';
import type { ClaimedReceipt, ClaimRequest } from '../../store.ts';
import type { Database } from '../database.ts';

interface ReceiptRow {
  readonly conversation: number;
  readonly message: number;
  readonly due_at: Instant;
  readonly attempt: number;
}

/**
 * WhatsApp is to be told of this message; a receipt for a newer one tells of it as well, with tries of its own: what
 * settles an attempt names its message too.
 */
export function receiptIsDue(
  database: Database,
  read: { readonly conversation: number; readonly message: number },
  now: Instant,
): void {
  database.run(
    `INSERT INTO receipts (conversation, message, due_at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET message = excluded.message, due_at = excluded.due_at, attempt = 0
     WHERE excluded.message > message`,
    read.conversation,
    read.message,
    now,
  );
}

/** Taken ones are due again when the lease has run out: telling twice does no harm. */
export function claimReceipts(
  database: Database,
  request: Pick<ClaimRequest, 'now' | 'leaseMs' | 'limit'>,
): readonly ClaimedReceipt[] {
  const due = database.all<
    ReceiptRow & { conversation_id: string; phone_number_id: string; wamid: string }
  >(
    `SELECT r.*, v.id AS conversation_id, m.phone_number_id, m.wamid FROM receipts r
     JOIN conversations v ON v.key = r.conversation JOIN messages m ON m.ord = r.message
     WHERE r.due_at <= ? OR r.due_at > ? ORDER BY r.due_at LIMIT ?`,
    request.now,
    horizon(request.now, longestReceiptWaitMs),
    request.limit,
  );
  for (const row of due) {
    database.run(
      'UPDATE receipts SET due_at = ?, attempt = attempt + 1 WHERE conversation = ?',
      request.now + request.leaseMs,
      row.conversation,
    );
  }
  return due.map((row) => ({
    conversationId: trustedId('cnv', row.conversation_id),
    phoneNumberId: row.phone_number_id,
    wamid: row.wamid,
    attempt: row.attempt + 1,
  }));
}

export function settleReceipt(
  database: Database,
  receipt: ClaimedReceipt,
  retryAt: Instant | null,
): void {
  const row = database.get<ReceiptRow>(
    `SELECT r.* FROM receipts r JOIN messages m ON m.ord = r.message
     WHERE m.wamid = ? AND m.phone_number_id = ? AND r.attempt = ?`,
    receipt.wamid,
    receipt.phoneNumberId,
    receipt.attempt,
  );
  if (row === undefined) return;
  if (retryAt === null) {
    database.run('DELETE FROM receipts WHERE conversation = ?', row.conversation);
  } else {
    database.run(
      'UPDATE receipts SET due_at = ? WHERE conversation = ?',
      retryAt,
      row.conversation,
    );
  }
}
