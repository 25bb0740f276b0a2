import type { MessageId } from '../../../ids.ts';
import { comparePlaces } from '../../../messages/chat-order.ts';
import type { Message, Reaction } from '../../../messages/message.ts';
import type { Core } from '../core.ts';
import type { MessageDocument, StoredReaction } from '../documents.ts';
import { changeMessage } from './change-message.ts';
import { parseContent } from './message-documents.ts';

/** The newest of each side holds, in the order of the chat; they are found by the words of their message. */
export async function noteReactions(
  core: Core,
  target: MessageDocument,
  reactions: readonly MessageDocument[],
): Promise<void> {
  if (reactions.length === 0) return;
  await changeMessage(core, target._id, ({ reactions: before }) => {
    const after = reactions.reduce(withReaction, before);
    return after === before ? null : { reactions: after };
  });
  const isReaction = target.targetKey !== undefined;
  const unfound = reactions.filter(({ tokens }) => tokens.length === 0);
  if (isReaction || target.tokens.length === 0 || unfound.length === 0) return;
  await core.collections.messages.updateMany(
    { _id: { $in: unfound.map(({ _id }) => _id) } },
    { $set: { tokens: target.tokens } },
  );
}

function withReaction(
  before: MessageDocument['reactions'],
  { _id, content, direction, second, timestamp }: MessageDocument,
): MessageDocument['reactions'] {
  const reaction = parseContent(content);
  const known = before[direction];
  if (reaction.type !== 'REACTION') return before;
  const next: StoredReaction = { emoji: reaction.emoji, at: timestamp, second, id: _id };
  const isNews = known === undefined || comparePlaces(known, next) < 0;
  return isNews ? { ...before, [direction]: next } : before;
}

/** The reactions that stand: one that was taken back is none. */
export async function reactionsTo(
  core: Core,
  messages: readonly Message[],
): Promise<ReadonlyMap<MessageId, readonly Reaction[]>> {
  const ids = messages.flatMap(({ id, wamid }) => (wamid === null ? [] : [id]));
  if (ids.length === 0) return new Map();
  const found = await core.collections.messages
    .find({ _id: { $in: ids } }, { projection: { reactions: 1 } })
    .toArray();
  const standing = new Map<MessageId, readonly Reaction[]>();
  for (const { _id, reactions } of found) {
    const shown = (['INBOUND', 'OUTBOUND'] as const).flatMap((side): Reaction[] => {
      const { at, emoji = null } = reactions[side] ?? {};
      if (at === undefined || emoji === null) return [];
      return [{ emoji, byCustomer: side === 'INBOUND', at }];
    });
    if (shown.length > 0) standing.set(_id, shown);
  }
  return standing;
}
