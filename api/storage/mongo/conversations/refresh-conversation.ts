import type { ConversationId } from '../../../ids.ts';
import { comparePlaces } from '../../../messages/chat-order.ts';
import { untilDone } from '../again.ts';
import type { Core } from '../core.ts';
import type { ContactDocument, ConversationDocument } from '../documents.ts';
import { shownOf } from './conversation-documents.ts';
import { moveContents } from './move-contents.ts';
import { mergeRaises, placeOf } from './raise.ts';
import type { LastMessage, Raise } from './raise.ts';

/**
 * Counts and looks up what follows from the messages of a conversation, and writes it where nobody else
 * has meanwhile. The revision moves even where nothing else does: somebody may be about to write what they
 * counted before. Resolves with the conversation as it is, which is another one where it was joined.
 */
export function refreshConversation(
  core: Core,
  id: ConversationId,
  raise: Raise = {},
): Promise<ConversationDocument> {
  return core.refreshTurns.share(id, raise, (all) => refresh(core, id, all));
}

function refresh(core: Core, id: ConversationId, raise: Raise): Promise<ConversationDocument> {
  return untilDone(async () => {
    const { conversations } = core.collections;
    const before = await core.lookups.conversation(id);
    if (before === null) throw new Error(`There is no conversation ${id}`);
    if (before.joinedInto !== undefined) {
      const moved = await moveContents(core, before);
      return refreshConversation(core, moved.into, mergeRaises(moved.raise, raise));
    }
    const { formerIds, last, lastInboundAt, refusedAt } = mergeRaises(before, raise);
    const risen = { formerIds, lastInboundAt, refusedAt };
    const change = { ...(await countedOf(core, before, last)), ...risen };
    const { _id, contactRevision, revision } = before;
    const after = await conversations.findOneAndUpdate(
      { _id, revision, contactRevision },
      { $set: change, $inc: { revision: 1, ...(raise.isTold === true && { told: 1 }) } },
      { returnDocument: 'after' },
    );
    return after ?? undefined;
  });
}

async function countedOf(core: Core, before: ConversationDocument, told: LastMessage | null) {
  const { contact: owner, _id } = before;
  const [unread, last, contact] = await Promise.all([
    core.lookups.unread(_id),
    told ?? lastOf(core, _id),
    core.lookups.contact(owner.id),
  ]);
  return { unread, ...movedBy(before, last), ...shownAnew(before, contact) };
}

function lastOf(core: Core, conversationId: ConversationId): Promise<LastMessage | null> {
  return core.collections.messages.findOne(
    { conversationId },
    { sort: { second: -1, _id: -1 }, projection: { second: 1, timestamp: 1 } },
  );
}

function movedBy({ lastMessage }: ConversationDocument, last: LastMessage | null) {
  if (last === null) return {};
  const place = placeOf(last);
  if (lastMessage !== null && comparePlaces(place, lastMessage) < 0) return {};
  return { lastMessage: place, lastActivityAt: last.timestamp, activitySecond: last.second };
}

function shownAnew(before: ConversationDocument, contact: ContactDocument | null) {
  const isNews =
    contact !== null &&
    contact.joinedInto === undefined &&
    contact.revision > before.contactRevision;
  return isNews ? shownOf(contact) : {};
}
