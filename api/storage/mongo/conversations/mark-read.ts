import type { Filter } from 'mongodb';
import type { Instant } from '../../../clock.ts';
import type { Conversation } from '../../../conversations/conversation.ts';
import type { ConversationId } from '../../../ids.ts';
import type { Place } from '../../../messages/chat-order.ts';
import type { Core } from '../core.ts';
import type { ConversationDocument, MessageDocument } from '../documents.ts';
import { chatSecond } from '../messages/new-message.ts';
import { receiptIsDue } from '../outbox/receipts.ts';
import { beyondPlace } from '../paging.ts';
import { toConversation } from './conversation-documents.ts';
import { liveConversation } from './live-conversations.ts';
import { refreshConversation } from './refresh-conversation.ts';

export interface ReadUpTo {
  /** Null: everything. */
  readonly place: Place | null;
  readonly now: Instant;
}

/**
 * Marks what is unseen up to a place as seen. Null when there is no such conversation. WhatsApp is to be told
 * before anything is marked: who is not told that it worked asks again, and finds what is left.
 */
export async function markRead(
  core: Core,
  id: ConversationId,
  read: ReadUpTo,
): Promise<Conversation | null> {
  const conversation = await liveConversation(core, id);
  if (conversation === null) return null;
  const hasMarked = await markSeen(core, conversation, read);
  if (!hasMarked && conversation.unread === 0) return toConversation(conversation);
  const after = await refreshConversation(core, conversation._id, { isTold: hasMarked });
  // Joined into another meanwhile, it may have left messages unmarked.
  return after._id === conversation._id ? toConversation(after) : markRead(core, after._id, read);
}

async function markSeen(
  core: Core,
  { _id: conversationId }: ConversationDocument,
  { now, place }: ReadUpTo,
): Promise<boolean> {
  const { messages } = core.collections;
  const upTo = (last: Place): Filter<MessageDocument> => ({
    $and: [
      { conversationId, unseen: { $exists: true } },
      beyondPlace<MessageDocument>('second', last, { isUp: false, isInclusive: true }),
    ],
  });
  const unseen: Filter<MessageDocument> =
    place === null
      ? { conversationId, unseen: { $exists: true } }
      : upTo({ ...place, second: chatSecond(place.second) });
  const newest = (filter: Filter<MessageDocument>) =>
    messages.findOne(filter, { sort: { second: -1, _id: -1 } });
  const [last, counted] = await Promise.all([
    newest(unseen),
    newest({ $and: [unseen, { 'unseen.counted': true }] }),
  ]);
  if (last === null) return false;
  if (counted !== null && counted.wamid !== null) {
    const { _id: messageId, phoneNumberId, second, wamid } = counted;
    await receiptIsDue(core, { conversationId, phoneNumberId, messageId, second, wamid }, now);
  }
  // What came since the look is not what somebody has seen.
  const { modifiedCount } = await messages.updateMany(upTo({ second: last.second, id: last._id }), {
    $unset: { unseen: '' },
  });
  return modifiedCount > 0 && counted !== null;
}
