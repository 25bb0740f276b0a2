import { trustedId } from '../../../ids.ts';
import type { AttemptRecord, MessageRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import type { Database } from '../database.ts';
import { toDelivery } from '../messages/message-rows.ts';
import type { MessageRow } from '../messages/message-rows.ts';
import type { Exchange } from './exchange.ts';
import { portionSize } from './exchange.ts';
import { writeMessage } from './write-message.ts';

interface StoredRow extends MessageRow {
  /** Null: seen, or not inbound. */
  readonly is_counted: number | null;
}

interface AttemptRow {
  readonly message: number;
  readonly attempt: number;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly outcome: string | null;
  readonly code: number | null;
  readonly wamid: string | null;
}

export const messages: Exchange<MessageRecord> = {
  table: 'messages',
  read({ database }, after) {
    const above = after === null ? -1 : Number(after);
    const rows = database.all<StoredRow>(
      `SELECT m.*, v.id AS conversation_id, u.is_counted
       FROM messages m JOIN conversations v ON v.key = m.conversation
       LEFT JOIN unseen u ON u.conversation = m.conversation AND u.message = m.ord
       WHERE m.ord > ? ORDER BY m.ord LIMIT ?`,
      above,
      portionSize,
    );
    const attempts = attemptsBetween(database, above, rows.at(-1)?.ord ?? above);
    return portionOf(rows, portionSize, {
      cursorOf: ({ ord }) => String(ord),
      toRecord: (row) => toRecord(row, attempts.get(row.ord) ?? []),
    });
  },
  write: writeMessage,
};

function attemptsBetween(
  database: Database,
  above: number,
  upTo: number,
): ReadonlyMap<number, readonly AttemptRecord[]> {
  const byMessage = new Map<number, AttemptRecord[]>();
  for (const row of database.all<AttemptRow>(
    'SELECT * FROM attempts WHERE message > ? AND message <= ? ORDER BY message, attempt',
    above,
    upTo,
  )) {
    const { attempt, code, message, outcome, wamid } = row;
    const { ended_at: endedAt, started_at: startedAt } = row;
    const known = byMessage.get(message) ?? [];
    known.push({ attempt, startedAt, endedAt, outcome, code, wamid });
    byMessage.set(message, known);
  }
  return byMessage;
}

function toRecord(row: StoredRow, attempts: readonly AttemptRecord[]): MessageRecord {
  return {
    id: trustedId('msg', row.id),
    conversationId: trustedId('cnv', row.conversation_id),
    phoneNumberId: row.phone_number_id,
    wamid: row.wamid,
    direction: row.direction,
    content: row.content,
    timestamp: row.timestamp,
    receivedAt: row.received_at,
    delivery: toDelivery(row),
    sender: row.sender,
    clientMessageId: row.client_message_id,
    replyToWamid: row.reply_to_wamid,
    unseen: row.is_counted === null ? null : { counted: row.is_counted === 1 },
    attempts,
  };
}
