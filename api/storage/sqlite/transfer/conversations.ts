import { trustedId } from '../../../ids.ts';
import type { ConversationRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import { formerOf } from '../conversations/conversation-rows.ts';
import type { ConversationRow } from '../conversations/conversation-rows.ts';
import type { Database } from '../database.ts';
import type { Exchange } from './exchange.ts';
import { portionSize } from './exchange.ts';
import { keyOf } from './keys.ts';

interface ListedRow extends ConversationRow {
  readonly contact_id: string;
  readonly last_id: string;
  readonly last_second: number;
}

/** The last message is set as the messages come. */
export const conversations: Exchange<ConversationRecord> = {
  table: 'conversations',
  read({ database }, after) {
    const rows = database.all<ListedRow>(
      `SELECT v.*, c.id AS contact_id, m.id AS last_id, v.last_message >> 21 AS last_second
       FROM conversations v JOIN contacts c ON c.key = v.contact JOIN messages m ON m.ord = v.last_message
       WHERE v.id > ? ORDER BY v.id LIMIT ?`,
      after ?? '',
      portionSize,
    );
    return portionOf(rows, portionSize, { cursorOf: ({ id }) => id, toRecord });
  },
  write({ database }, record) {
    const { lastId: key } = database.run(
      `INSERT INTO conversations (id, phone_number_id, contact, unread, last_activity_at, activity_second,
         last_inbound_at, refused_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      record.id,
      record.phoneNumberId,
      keyOf(database, 'contacts', record.contactId),
      record.unread,
      record.lastActivityAt,
      record.lastMessage.second,
      record.lastInboundAt,
      record.refusedAt,
    );
    if (record.formerIds.length > 0) writeFormer(database, key, record.formerIds);
  },
};

/** Their messages are indexed as those of the conversation that they went to. */
function writeFormer(database: Database, key: number, ids: readonly string[]): void {
  database.run(
    'UPDATE conversations SET former = ? WHERE key = ?',
    JSON.stringify(ids.map((id) => ({ id, key }))),
    key,
  );
  for (const id of ids) {
    database.run('INSERT INTO former_conversations (id, conversation) VALUES (?, ?)', id, key);
  }
}

function toRecord(row: ListedRow): ConversationRecord {
  return {
    id: trustedId('cnv', row.id),
    phoneNumberId: row.phone_number_id,
    contactId: trustedId('cnt', row.contact_id),
    unread: row.unread,
    lastMessage: { second: row.last_second, id: row.last_id },
    lastActivityAt: row.last_activity_at,
    lastInboundAt: row.last_inbound_at,
    refusedAt: row.refused_at,
    formerIds: formerOf(row).map(({ id }) => trustedId('cnv', id)),
  };
}
