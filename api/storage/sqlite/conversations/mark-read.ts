import type { Instant } from '../../../clock.ts';
import type { Conversation } from '../../../conversations/conversation.ts';
import type { Place } from '../../../messages/chat-order.ts';
import type { Core } from '../core.ts';
import { ordBoundsOf } from '../messages/message-order.ts';
import type { Operations } from '../operations.ts';
import { receiptIsDue } from '../outbox/receipts.ts';
import { conversationById, shownConversation } from './conversation-rows.ts';
import type { ConversationRow } from './conversation-rows.ts';

/** How many one transaction marks, so that a chat with very many unread ones holds nobody up. */
const portion = 2_000;

export interface ReadUpTo {
  readonly place: Place | null;
  readonly now: Instant;
}

/** Marks what is unseen up to a place as seen. Null when there is no such conversation. */
export async function markRead(
  core: Core,
  operations: Operations,
  read: ReadUpTo & { readonly id: string },
): Promise<Conversation | null> {
  let last: number | null = null;
  for (;;) {
    const step = await operations.write('conversations.markRead', () => {
      const row = conversationById(core.database, read.id);
      if (row === undefined) return null;
      // What comes in from now on was not there to be seen.
      last ??= lastOrdOf(core, row, read.place);
      const isAll = markSome(core, row, { last, now: read.now });
      return { isAll, conversation: shownConversation(core.database, row.key) };
    });
    if (step === null) return null;
    if (step.isAll) return step.conversation;
  }
}

/** The oldest first. True when nothing is left. */
function markSome(
  core: Core,
  row: ConversationRow,
  upTo: { readonly last: number; readonly now: Instant },
): boolean {
  const { database } = core;
  const unseen = database.all<{ ord: number; is_unread: number }>(
    `SELECT ord, is_unread FROM messages INDEXED BY messages_unseen
     WHERE conversation = ? AND is_seen = 0 AND ord <= ? ORDER BY ord LIMIT ?`,
    row.key,
    upTo.last,
    portion,
  );
  const end = unseen.at(-1);
  if (end === undefined) return true;
  database.run(
    `UPDATE messages INDEXED BY messages_unseen SET is_seen = 1, is_unread = 0
     WHERE conversation = ? AND is_seen = 0 AND ord <= ?`,
    row.key,
    end.ord,
  );
  const unread = unseen.filter((message) => message.is_unread === 1);
  const newest = unread.at(-1);
  if (newest !== undefined) {
    database.run(
      'UPDATE conversations SET unread = unread - ? WHERE key = ?',
      unread.length,
      row.key,
    );
    receiptIsDue(database, { conversation: row.key, message: newest.ord }, upTo.now);
    core.changes.conversationUpdated(row.id);
  }
  return unseen.length < portion;
}

function lastOrdOf(core: Core, row: ConversationRow, place: Place | null): number {
  if (place === null) return row.last_message ?? 0;
  const { before, after } = ordBoundsOf(core.database, place);
  // One key lies between the two exactly when the place's own message is there.
  return after - before > 1 ? before + 1 : before;
}
