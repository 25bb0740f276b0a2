import type { Instant } from '../../../clock.ts';
import type { ConversationId } from '../../../ids.ts';
import type { Core } from '../core.ts';
import { newLine } from './announce.ts';
import { changeLine } from './change-line.ts';
import { freeLine } from './free-line.ts';
import { stillAnnounced } from './line-facts.ts';

export interface JoinedLines {
  readonly into: ConversationId;
  readonly from: ConversationId;
  readonly now: Instant;
}

/**
 * After the messages of one conversation went to another. The line that was left stays for as long as
 * somebody may be on the way to it; whoever looks at it then brings what came to where it belongs.
 */
export async function joinLines(core: Core, { into, from, now }: JoinedLines): Promise<void> {
  const { lines } = core.collections;
  const left = await lines.findOne({ _id: from });
  if (left === null) return;
  await changeLine(core, into, (line) => {
    const before = line ?? newLine({ conversationId: into, phoneNumberId: left.phoneNumberId });
    const next = Math.max(before.next, left.next);
    const paceUntil = Math.max(before.paceUntil ?? 0, left.paceUntil ?? 0);
    if (line !== null && next === line.next && paceUntil === (line.paceUntil ?? 0)) return null;
    return { ...before, next, ...(paceUntil > 0 && { paceUntil }) };
  });
  await freeLine(core, into, now);
  if (stillAnnounced(left, now).length > 0) return;
  await lines.deleteOne({ _id: from, revision: left.revision });
}
