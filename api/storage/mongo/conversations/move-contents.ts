import type { ConversationId } from '../../../ids.ts';
import type { Core } from '../core.ts';
import type { ConversationDocument } from '../documents.ts';
import { joinLines } from '../outbox/join-lines.ts';
import { joinReceipts } from '../outbox/receipts.ts';
import { liveConversation } from './live-conversations.ts';
import type { Raise } from './raise.ts';

/**
 * Moves everything of a joined conversation to where it was joined in the end. What follows there from it is for the
 * caller to write: with it the id, last of all.
 */
export async function moveContents(
  core: Core,
  from: ConversationDocument,
): Promise<{ readonly into: ConversationId; readonly raise: Raise }> {
  const into = await liveConversation(core, from._id);
  if (into === null) throw new Error(`Conversation ${from._id} was joined into none`);
  await core.collections.messages.updateMany(
    { conversationId: from._id },
    { $set: { conversationId: into._id }, $inc: { revision: 1 } },
  );
  await joinLines(core, { into: into._id, from: from._id, now: core.clock.now() });
  await joinReceipts(core, { into: into._id, from: from._id });
  const raise = {
    lastInboundAt: from.lastInboundAt,
    refusedAt: from.refusedAt,
    formerIds: [from._id, ...from.formerIds],
    isTold: !into.formerIds.includes(from._id),
  };
  return { into: into._id, raise };
}
