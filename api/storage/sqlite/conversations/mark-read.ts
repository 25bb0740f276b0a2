import type { Instant } from '../../../clock.ts';
import type { Conversation } from '../../../conversations/conversation.ts';
import type { Place } from '../../../messages/chat-order.ts';
import type { Core } from '../core.ts';
import { ordBoundsOf } from '../messages/message-order.ts';
import { receiptIsDue } from '../outbox/receipts.ts';
import { conversationById, shownConversation } from './conversation-rows.ts';
import type { ConversationRow } from './conversation-rows.ts';

/** Marks what is unseen up to a place as seen. Null when there is no such conversation. */
export function markRead(
  core: Core,
  id: string,
  read: { readonly upTo: Place | null; readonly now: Instant },
): Conversation | null {
  const { database } = core;
  const row = conversationById(database, id);
  if (row === undefined) return null;
  markSeen(core, row, read);
  return shownConversation(database, row.key);
}

function markSeen(
  core: Core,
  row: ConversationRow,
  read: { readonly upTo: Place | null; readonly now: Instant },
): void {
  const { database } = core;
  const last = read.upTo === null ? Number.MAX_SAFE_INTEGER : lastOrdUpTo(core, read.upTo);
  const seen = database.get<{ unread: number; newest: number | null }>(
    `SELECT count(*) AS unread, max(ord) AS newest FROM messages INDEXED BY messages_unseen
     WHERE conversation = ? AND is_seen = 0 AND ord <= ? AND is_unread = 1`,
    row.key,
    last,
  );
  database.run(
    `UPDATE messages INDEXED BY messages_unseen SET is_seen = 1, is_unread = 0
     WHERE conversation = ? AND is_seen = 0 AND ord <= ?`,
    row.key,
    last,
  );
  if (seen?.newest === undefined || seen.newest === null) return;
  database.run('UPDATE conversations SET unread = unread - ? WHERE key = ?', seen.unread, row.key);
  receiptIsDue(database, { conversation: row.key, message: seen.newest }, read.now);
  core.changes.conversationUpdated(row.id);
}

function lastOrdUpTo(core: Core, place: Place): number {
  const { before, after } = ordBoundsOf(core.database, place);
  // One key lies between the two exactly when the place's own message is there.
  return after - before > 1 ? before + 1 : before;
}
