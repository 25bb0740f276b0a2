import type { Filter } from 'mongodb';
import type { Instant } from '../../../clock.ts';
import type { ConversationId, MessageId } from '../../../ids.ts';
import { longestReceiptWaitMs } from '../../../outbox/limits.ts';
import { horizon } from '../../../outbox/set-back.ts';
import type { ClaimedReceipt, ClaimRequest } from '../../store.ts';
import { liveConversation } from '../conversations/live-conversations.ts';
import type { Core } from '../core.ts';
import type { ReceiptDocument } from '../documents.ts';
import { isDuplicateKey } from '../unique.ts';

/** The newest message of a conversation that was marked seen. */
export interface SeenMessage {
  readonly conversationId: ConversationId;
  readonly phoneNumberId: string;
  readonly messageId: MessageId;
  readonly wamid: string;
  readonly second: number;
}

/**
 * WhatsApp is to be told of this message; a receipt for a newer one tells of it as well, with tries of its own: what
 * settles an attempt names its message too.
 */
export function receiptIsDue(core: Core, seen: SeenMessage, now: Instant): Promise<void> {
  return putReceipt(core, seen, { dueAt: now, attempt: 0 });
}

/** After one conversation was joined into another: the newer receipt of both. */
export async function joinReceipts(
  core: Core,
  { into, from }: { readonly into: ConversationId; readonly from: ConversationId },
): Promise<void> {
  const { receipts } = core.collections;
  const left = await receipts.findOne({ _id: from });
  if (left === null) return;
  await putReceipt(core, { ...left, conversationId: into }, left);
  await receipts.deleteOne({ _id: from, messageId: left.messageId });
}

async function putReceipt(
  core: Core,
  seen: SeenMessage,
  { dueAt, attempt }: Pick<ReceiptDocument, 'dueAt' | 'attempt'>,
): Promise<void> {
  const { receipts } = core.collections;
  const { conversationId: _id, phoneNumberId, messageId, wamid, second } = seen;
  const isOlder: Filter<ReceiptDocument> = {
    _id,
    $or: [{ second: { $lt: second } }, { second, messageId: { $lt: messageId } }],
  };
  for (;;) {
    try {
      await receipts.updateOne(
        isOlder,
        { $set: { phoneNumberId, messageId, wamid, second, dueAt, attempt } },
        { upsert: true },
      );
      return;
    } catch (error) {
      // There is one that is not older, unless somebody else has just put it there.
      if (!isDuplicateKey(error)) throw error;
      if ((await receipts.findOne(isOlder)) === null) return;
    }
  }
}

/** Taken ones are due again when the lease has run out: telling twice does no harm. */
export async function claimReceipts(
  core: Core,
  { now, leaseMs, limit }: Pick<ClaimRequest, 'now' | 'leaseMs' | 'limit'>,
): Promise<readonly ClaimedReceipt[]> {
  if (limit === 0) return [];
  const { receipts } = core.collections;
  const due = await receipts
    .find({
      $or: [{ dueAt: { $lte: now } }, { dueAt: { $gt: horizon(now, longestReceiptWaitMs) } }],
    })
    .sort({ dueAt: 1 })
    .limit(limit)
    .toArray();
  const claimed = await Promise.all(
    due.map(async ({ _id, attempt, dueAt, messageId }) =>
      receipts.findOneAndUpdate(
        { _id, attempt, dueAt, messageId },
        { $set: { dueAt: now + leaseMs }, $inc: { attempt: 1 } },
        { returnDocument: 'after' },
      ),
    ),
  );
  return claimed.flatMap((receipt) => {
    if (receipt === null) return [];
    const { _id: conversationId, phoneNumberId, wamid, attempt } = receipt;
    return [{ conversationId, phoneNumberId, wamid, attempt }];
  });
}

export async function settleReceipt(
  core: Core,
  receipt: ClaimedReceipt,
  retryAt: Instant | null,
): Promise<void> {
  if (await settleOne(core, receipt, retryAt)) return;
  // Its conversation was joined into another meanwhile, or a newer one came.
  const conversation = await liveConversation(core, receipt.conversationId);
  if (conversation === null || conversation._id === receipt.conversationId) return;
  await settleOne(core, { ...receipt, conversationId: conversation._id }, retryAt);
}

async function settleOne(
  core: Core,
  { conversationId: _id, wamid, attempt }: ClaimedReceipt,
  retryAt: Instant | null,
): Promise<boolean> {
  const { receipts } = core.collections;
  if (retryAt === null) {
    return (await receipts.deleteOne({ _id, wamid, attempt })).deletedCount === 1;
  }
  const put = await receipts.updateOne({ _id, wamid, attempt }, { $set: { dueAt: retryAt } });
  return put.matchedCount === 1;
}
