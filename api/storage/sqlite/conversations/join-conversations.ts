import type { Core } from '../core.ts';
import type { Database } from '../database.ts';
import { realignLine } from '../outbox/lines.ts';
import { formerOf } from './conversation-rows.ts';
import type { ConversationRow } from './conversation-rows.ts';

/**
 * Moves the conversations of one contact to another. Where both have one with the same business
 * number, the other's goes on: messages, unread ones, window, outbox line, receipt and read ids move.
 */
export function joinConversations(
  core: Core,
  contacts: { readonly into: number; readonly from: number },
): void {
  const { database } = core;
  const moved = database.all<ConversationRow>(
    'SELECT * FROM conversations WHERE contact = ?',
    contacts.from,
  );
  for (const from of moved) {
    const into = database.get<ConversationRow>(
      'SELECT * FROM conversations WHERE contact = ? AND phone_number_id = ?',
      contacts.into,
      from.phone_number_id,
    );
    if (into === undefined) {
      database.run('UPDATE conversations SET contact = ? WHERE key = ?', contacts.into, from.key);
    } else {
      joinTwo(database, into, from);
    }
  }
}

function joinTwo(database: Database, into: ConversationRow, from: ConversationRow): void {
  database.run('UPDATE messages SET conversation = ? WHERE conversation = ?', into.key, from.key);
  database.run('UPDATE unseen SET conversation = ? WHERE conversation = ?', into.key, from.key);
  moveReceipt(database, into, from);
  database.run('UPDATE outbox SET conversation = ? WHERE conversation = ?', into.key, from.key);
  database.run(
    'UPDATE former_conversations SET conversation = ? WHERE conversation = ?',
    into.key,
    from.key,
  );
  database.run(
    'INSERT INTO former_conversations (id, conversation) VALUES (?, ?)',
    from.id,
    into.key,
  );
  const former = [...formerOf(into), { id: from.id, key: from.key }, ...formerOf(from)];
  // The search index keeps the old keys; `former` remembers them.
  database.run('DELETE FROM conversations WHERE key = ?', from.key);
  database.run(
    `UPDATE conversations SET unread = unread + ?, last_inbound_at = ?, refused_at = ?,
       pace_until = ?, former = ? WHERE key = ?`,
    from.unread,
    newer(into.last_inbound_at, from.last_inbound_at),
    newer(into.refused_at, from.refused_at),
    newer(into.pace_until, from.pace_until),
    JSON.stringify(former),
    into.key,
  );
  if ((from.last_message ?? 0) > (into.last_message ?? 0)) {
    database.run(
      'UPDATE conversations SET last_message = ?, last_activity_at = ?, activity_second = ? WHERE key = ?',
      from.last_message,
      from.last_activity_at,
      from.activity_second,
      into.key,
    );
  }
  realignLine(database, into.key);
}

function moveReceipt(database: Database, into: ConversationRow, from: ConversationRow): void {
  database.run(
    `UPDATE OR IGNORE receipts SET conversation = ? WHERE conversation = ?`,
    into.key,
    from.key,
  );
  database.run(
    `UPDATE receipts SET message = max(receipts.message, other.message), due_at = min(receipts.due_at, other.due_at),
       attempt = iif(other.message > receipts.message, other.attempt, receipts.attempt)
     FROM (SELECT message, due_at, attempt FROM receipts WHERE conversation = ?) AS other
     WHERE receipts.conversation = ?`,
    from.key,
    into.key,
  );
  database.run('DELETE FROM receipts WHERE conversation = ?', from.key);
}

function newer(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
