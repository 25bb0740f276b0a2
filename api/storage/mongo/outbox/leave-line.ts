import type { Instant } from '../../../clock.ts';
import type { ConversationId } from '../../../ids.ts';
import type { Core } from '../core.ts';
import type { LineDocument } from '../documents.ts';
import { joinLines } from './join-lines.ts';
import { nextLookAt } from './line-facts.ts';
import { replaceLine, resting } from './change-line.ts';

/** The line of a conversation that was joined into another: what still came to it goes along. */
export async function leaveLine(
  core: Core,
  left: { readonly line: LineDocument; readonly into: ConversationId; readonly now: Instant },
): Promise<void> {
  const { line, into, now } = left;
  await core.collections.messages.updateMany(
    { conversationId: line._id },
    { $set: { conversationId: into }, $inc: { revision: 1 } },
  );
  await joinLines(core, { into, from: line._id, now });
  await replaceLine(core, line, resting(line, nextLookAt(line, now)));
}
