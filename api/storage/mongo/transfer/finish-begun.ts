import type { ContactId, ConversationId } from '../../../ids.ts';
import { contactById, finishJoin } from '../contacts/finish-join.ts';
import { liveConversations } from '../conversations/live-conversations.ts';
import { bringContents } from '../conversations/join-conversations.ts';
import { refreshConversation } from '../conversations/refresh-conversation.ts';
import type { Core } from '../core.ts';
import type { ConversationDocument } from '../documents.ts';
import { followUpAll } from '../messages/follow-up.ts';
import { settleWaiting } from '../messages/waiting.ts';
import { findByWamids } from '../messages/wamids.ts';
import { portionSize, readAfter } from './exchange.ts';

/**
 * Whoever met these would finish them, one by one. Contacts first: what is moved by a join is counted
 * afterwards.
 */
export async function finishBegun(core: Core): Promise<void> {
  await finishAbsorbing(core);
  await finishJoined(core);
  await bringJoined(core);
  await followUpNew(core);
  await countAnew(core);
  await applyHeld(core);
}

async function finishAbsorbing(core: Core): Promise<void> {
  for (;;) {
    const contact = await core.collections.contacts.findOne({ absorbing: { $exists: true } });
    if (contact === null) return;
    await finishJoin(core, contact);
  }
}

/** Identifiers and conversations that still name an absorbed contact. */
async function finishJoined(core: Core): Promise<void> {
  const { contacts, conversations, identifiers } = core.collections;
  const finish = async (ids: readonly ContactId[]) => {
    const filter = { _id: { $in: [...new Set(ids)] }, joinedInto: { $exists: true } };
    const joined = await contacts.find(filter, { projection: { _id: 1 } }).toArray();
    // Each as it is by then: one that is finished may have changed the next.
    for (const { _id } of joined) await finishJoin(core, await contactById(core, _id));
  };
  await eachPortion(
    (after) => readAfter(identifiers, after),
    (portion) => finish(portion.map(({ contactId }) => contactId)),
  );
  await eachPortion(
    (after) => readAfter(conversations, after, { key: { $exists: true } }),
    (portion) => finish(portion.map(({ contact }) => contact.id)),
  );
}

/** Conversations that were joined into others, and hold something still. */
async function bringJoined(core: Core): Promise<void> {
  const { conversations } = core.collections;
  await eachPortion(
    (after) => readAfter(conversations, after, { joinedInto: { $exists: true } }),
    async (portion) => {
      const left = await stillHolding(core, portion);
      for (const joined of portion) if (left.has(joined._id)) await bringContents(core, joined);
    },
  );
}

async function stillHolding(
  core: Core,
  joined: readonly ConversationDocument[],
): Promise<ReadonlySet<ConversationId>> {
  const { collections } = core;
  const ids = joined.map(({ _id }) => _id);
  const into = joined.flatMap(({ joinedInto }) => joinedInto ?? []);
  const [inMessages, inLines, inReceipts, live] = await Promise.all([
    collections.messages.distinct('conversationId', { conversationId: { $in: ids } }),
    collections.lines.distinct('_id', { _id: { $in: ids } }),
    collections.receipts.distinct('_id', { _id: { $in: ids } }),
    liveConversations(core, into),
  ]);
  const arrived = new Set([...live.values()].flatMap(({ formerIds }) => formerIds));
  const missing = ids.filter((id) => !arrived.has(id));
  return new Set([...inMessages, ...inLines, ...inReceipts, ...missing]);
}

async function followUpNew(core: Core): Promise<void> {
  for (;;) {
    const found = await core.collections.messages
      .find({ isNew: true })
      .limit(portionSize)
      .toArray();
    if (found.length === 0) return;
    await followUpAll(core, found);
  }
}

/** Where somebody marked messages and did not come to count. */
async function countAnew(core: Core): Promise<void> {
  const { conversations, messages } = core.collections;
  await eachPortion(
    (after) => readAfter(conversations, after, { key: { $exists: true } }),
    async (portion) => {
      const counts = await messages
        .aggregate<{ readonly _id: ConversationId; readonly unread: number }>([
          {
            $match: {
              conversationId: { $in: portion.map(({ _id }) => _id) },
              unseen: { $exists: true },
              'unseen.counted': true,
            },
          },
          { $group: { _id: '$conversationId', unread: { $sum: 1 } } },
        ])
        .toArray();
      const unread = new Map(counts.map((count) => [count._id, count.unread]));
      for (const conversation of portion) {
        if ((unread.get(conversation._id) ?? 0) !== conversation.unread)
          await refreshConversation(core, conversation._id);
      }
    },
  );
}

/** Statuses whose message came while they were put aside. */
async function applyHeld(core: Core): Promise<void> {
  await eachPortion(
    (after) => readAfter(core.collections.heldStatuses, after),
    async (portion) => {
      const found = await findByWamids(
        core,
        portion.map(({ wamidKey }) => wamidKey),
      );
      await settleWaiting(
        core,
        Array.from(found, ([key, { attempt, message }]) => ({ key, attempt, message })),
      );
    },
  );
}

async function eachPortion<Stored extends { readonly _id: string }>(
  read: (after: string | null) => Promise<readonly Stored[]>,
  handle: (portion: readonly Stored[]) => Promise<void>,
): Promise<void> {
  let after: string | null = null;
  for (;;) {
    const portion: readonly Stored[] = await read(after);
    if (portion.length > 0) await handle(portion);
    after = portion.at(-1)?._id ?? null;
    if (after === null || portion.length < portionSize) return;
  }
}
