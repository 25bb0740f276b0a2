import type { ConversationId } from '../../../ids.ts';
import type { Core } from '../core.ts';
import type { ConversationDocument } from '../documents.ts';

/** Itself, or the one that it was joined into in the end. Null when there is no such conversation. */
export async function liveConversation(
  core: Core,
  id: ConversationId,
): Promise<ConversationDocument | null> {
  return (await liveConversations(core, [id])).get(id) ?? null;
}

/** By the ids that were asked for. */
export async function liveConversations(
  core: Core,
  ids: readonly ConversationId[],
): Promise<ReadonlyMap<ConversationId, ConversationDocument>> {
  const found = await core.collections.conversations
    .find({ _id: { $in: [...new Set(ids)] } })
    .toArray();
  const targets = found.flatMap(({ joinedInto }) => joinedInto ?? []);
  const joined =
    targets.length === 0
      ? new Map<ConversationId, ConversationDocument>()
      : await liveConversations(core, targets);
  return new Map(
    found.flatMap((conversation): [ConversationId, ConversationDocument][] => {
      const { joinedInto } = conversation;
      const live = joinedInto === undefined ? conversation : joined.get(joinedInto);
      return live === undefined ? [] : [[conversation._id, live]];
    }),
  );
}
