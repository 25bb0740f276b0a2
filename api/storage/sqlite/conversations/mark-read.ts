import type { Instant } from '../../../clock.ts';
import type { Conversation } from '../../../conversations/conversation.ts';
import type { Place } from '../../../messages/chat-order.ts';
import type { Core } from '../core.ts';
import { ordBoundsOf } from '../messages/message-order.ts';
import { receiptIsDue } from '../outbox/receipts.ts';
import { conversationById, shownConversation } from './conversation-rows.ts';
import type { ConversationRow } from './conversation-rows.ts';

export interface ReadUpTo {
  /** Null: everything. */
  readonly place: Place | null;
  readonly now: Instant;
}

/** Marks what is unseen up to a place as seen. Null when there is no such conversation. */
export function markRead(core: Core, id: string, read: ReadUpTo): Conversation | null {
  const row = conversationById(core.database, id);
  if (row === undefined) return null;
  markSeen(core, row, read);
  return shownConversation(core.database, row.key);
}

function markSeen(core: Core, row: ConversationRow, { now, place }: ReadUpTo): void {
  const { database } = core;
  const last = place === null ? Number.MAX_SAFE_INTEGER : lastOrdUpTo(core, place);
  const seen = database.get<{ unread: number; newest: number | null }>(
    `SELECT count(*) AS unread, max(message) AS newest FROM unseen
     WHERE conversation = ? AND message <= ? AND is_counted = 1`,
    row.key,
    last,
  );
  database.run('DELETE FROM unseen WHERE conversation = ? AND message <= ?', row.key, last);
  if (seen === undefined || seen.newest === null) return;
  database.run('UPDATE conversations SET unread = unread - ? WHERE key = ?', seen.unread, row.key);
  receiptIsDue(database, { conversation: row.key, message: seen.newest }, now);
  core.changes.conversationUpdated(row.id);
}

function lastOrdUpTo(core: Core, place: Place): number {
  const { before, after } = ordBoundsOf(core.database, place);
  // One key lies between the two exactly when the place's own message is there.
  return after - before > 1 ? before + 1 : before;
}
