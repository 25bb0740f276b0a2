import { trustedId } from '../../../ids.ts';
import type { ReceiptRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import type { Exchange } from './exchange.ts';
import { portionSize } from './exchange.ts';
import { keyOf, ordOf } from './keys.ts';

interface ReceiptRow {
  readonly due_at: number;
  readonly attempt: number;
  readonly conversation_id: string;
  readonly message_id: string;
  readonly phone_number_id: string;
  readonly wamid: string;
  readonly second: number;
}

export const receipts: Exchange<ReceiptRecord> = {
  table: 'receipts',
  read({ database }, after) {
    const rows = database.all<ReceiptRow>(
      `SELECT r.due_at, r.attempt, v.id AS conversation_id, m.id AS message_id, m.phone_number_id, m.wamid,
         m.ord >> 21 AS second
       FROM receipts r JOIN conversations v ON v.key = r.conversation JOIN messages m ON m.ord = r.message
       WHERE v.id > ? ORDER BY v.id LIMIT ?`,
      after ?? '',
      portionSize,
    );
    return portionOf(rows, portionSize, {
      cursorOf: (row) => row.conversation_id,
      toRecord: (row) => ({
        conversationId: trustedId('cnv', row.conversation_id),
        phoneNumberId: row.phone_number_id,
        messageId: trustedId('msg', row.message_id),
        wamid: row.wamid,
        second: row.second,
        dueAt: row.due_at,
        attempt: row.attempt,
      }),
    });
  },
  write({ database }, { attempt, conversationId, dueAt, messageId }) {
    database.run(
      'INSERT INTO receipts (conversation, message, due_at, attempt) VALUES (?, ?, ?, ?)',
      keyOf(database, 'conversations', conversationId),
      ordOf(database, messageId),
      dueAt,
      attempt,
    );
  },
};
