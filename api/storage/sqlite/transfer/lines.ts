import { trustedId } from '../../../ids.ts';
import type { LineRecord, QueuedRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import type { Database } from '../database.ts';
import type { LineRow } from '../outbox/lines.ts';
import type { Exchange, TransferCore } from './exchange.ts';
import { portionSize } from './exchange.ts';
import { keyOf, ordOf } from './keys.ts';

interface ConversationOfLine {
  readonly key: number;
  readonly id: string;
  readonly phone_number_id: string;
  readonly pace_until: number | null;
}

export const lines: Exchange<LineRecord> = {
  table: 'outbox',
  read({ database }, after) {
    const rows = database.all<ConversationOfLine>(
      `SELECT key, id, phone_number_id, pace_until FROM conversations v
       WHERE id > ? AND last_message IS NOT NULL
         AND (pace_until IS NOT NULL OR EXISTS (SELECT 1 FROM outbox o WHERE o.conversation = v.key))
       ORDER BY id LIMIT ?`,
      after ?? '',
      portionSize,
    );
    return portionOf(rows, portionSize, {
      cursorOf: ({ id }) => id,
      toRecord: (row) => ({
        conversationId: trustedId('cnv', row.id),
        phoneNumberId: row.phone_number_id,
        paceUntil: row.pace_until,
        queue: queueOf(database, row.key),
      }),
    });
  },
  write: writeLine,
};

function queueOf(database: Database, conversation: number): readonly QueuedRecord[] {
  return database
    .all<LineRow & { id: string }>(
      `SELECT o.*, m.id FROM outbox o JOIN messages m ON m.ord = o.message
       WHERE o.conversation = ? ORDER BY o.position`,
      conversation,
    )
    .map((row) => ({
      messageId: trustedId('msg', row.id),
      position: row.position,
      queuedAt: row.queued_at,
      dueAt: row.due_at,
      giveUpAt: row.give_up_at,
      refusals: row.refusals,
      leaseUntil: row.lease_until,
    }));
}

/** The first one is the head, unless another one is being sent. */
function writeLine({ database }: TransferCore, line: LineRecord): void {
  const conversation = keyOf(database, 'conversations', line.conversationId);
  database.run(
    'UPDATE conversations SET pace_until = ? WHERE key = ?',
    line.paceUntil,
    conversation,
  );
  const isSending = line.queue.some(({ leaseUntil }) => leaseUntil !== null);
  let position = 0;
  for (const [index, queued] of line.queue.entries()) {
    position = freePosition(database, Math.max(queued.position, position + 1));
    database.run(
      `INSERT INTO outbox (position, message, conversation, phone_number_id, queued_at, due_at,
         give_up_at, refusals, is_head, lease_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      position,
      ordOf(database, queued.messageId),
      conversation,
      line.phoneNumberId,
      queued.queuedAt,
      queued.dueAt,
      queued.giveUpAt,
      queued.refusals,
      isSending ? queued.leaseUntil !== null : index === 0,
      queued.leaseUntil,
    );
  }
}

/** Other stores count in each line by itself. */
function freePosition(database: Database, from: number): number {
  const isTaken = database.get('SELECT 1 FROM outbox WHERE position = ?', from) !== undefined;
  return isTaken ? freePosition(database, from + 1) : from;
}
