import { setTimeout as wait } from 'node:timers/promises';
import type { Instant } from '../../../clock.ts';
import { secondMs } from '../../../clock.ts';
import type { ConversationId } from '../../../ids.ts';
import type { Core } from '../core.ts';
import type { LineDocument } from '../documents.ts';
import { isDuplicateKey } from '../unique.ts';
import { changeLine } from './change-line.ts';
import { stillAnnounced } from './line-facts.ts';

export interface Announcing {
  readonly conversationId: ConversationId;
  readonly phoneNumberId: string;
  readonly now: Instant;
}

// By then the message is there as a rule; somebody looks for it in case its process has died.
const firstLookMs = secondMs;
const askEveryMs = 20;

/**
 * Gives out the last place of a line for a message that is about to be written: whatever happens to
 * its process then, somebody looks for it.
 */
export async function announce(core: Core, announcing: Announcing): Promise<number> {
  const { conversationId, phoneNumberId, now } = announcing;
  let position = Math.floor(now);
  await changeLine(core, conversationId, async (line) => {
    // Only the lines of known numbers are looked at, so the number comes first.
    if (line === null) await knowNumber(core, phoneNumberId);
    const before = line ?? newLine(announcing);
    position = Math.max(Math.floor(now), before.next + 1);
    return {
      ...before,
      next: position,
      announced: [...stillAnnounced(before, now), { position, at: now }],
      dueAt: Math.min(before.dueAt ?? Infinity, now + firstLookMs),
    };
  });
  return position;
}

/** Those who announced themselves before have arrived, or have had their time. */
export async function whenFirst(
  core: Core,
  conversationId: ConversationId,
  position: number,
): Promise<void> {
  for (let waitedMs = 0; waitedMs < firstLookMs; waitedMs += askEveryMs) {
    const line = await core.collections.lines.findOne({ _id: conversationId });
    if (line?.announced.some((other) => other.position < position) !== true) return;
    await wait(askEveryMs);
  }
}

/** The message of that position is there, or will never be: `dueAt` null. */
export async function arrive(
  core: Core,
  conversationId: ConversationId,
  arrived: { readonly position: number; readonly dueAt: Instant | null },
): Promise<void> {
  const { position, dueAt } = arrived;
  await core.collections.lines.updateOne(
    { _id: conversationId },
    {
      $pull: { announced: { position } },
      ...(dueAt !== null && { $min: { dueAt } }),
      $inc: { revision: 1 },
    },
  );
}

export function newLine({ conversationId, phoneNumberId }: Omit<Announcing, 'now'>): LineDocument {
  return { _id: conversationId, phoneNumberId, next: 0, announced: [], revision: 0 };
}

async function knowNumber(core: Core, phoneNumberId: string): Promise<void> {
  try {
    await core.collections.numbers.insertOne({ _id: phoneNumberId });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}
