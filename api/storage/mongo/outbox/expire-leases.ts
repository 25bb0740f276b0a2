import type { Instant } from '../../../clock.ts';
import { leaseMs } from '../../../outbox/limits.ts';
import { horizon } from '../../../outbox/set-back.ts';
import type { Core } from '../core.ts';
import type { LineDocument } from '../documents.ts';
import { freeLine } from './free-line.ts';
import { leaveLine } from './leave-line.ts';
import { expire } from './settle.ts';

/** What was being sent by somebody who is gone is UNKNOWN, and whatever they held is free. */
export async function expireLeases(core: Core, now: Instant): Promise<number> {
  const { lines, messages } = core.collections;
  await shortenLeases(core, now);
  const lost = await messages.find({ 'queue.leaseUntil': { $lte: now } }).toArray();
  const expired = await Promise.all(lost.map((message) => expire(core, message, now)));
  // Also of those who died before they had marked a message, or after they had settled it.
  const held = await lines.find({ leaseUntil: { $lte: now } }).toArray();
  await Promise.all(held.map((line) => release(core, line, now)));
  return expired.filter(Boolean).length;
}

/** Those that were taken before the clock was set back. Their holders may be sending still, so they do not end at once. */
async function shortenLeases({ collections }: Core, now: Instant): Promise<void> {
  const until = now + leaseMs;
  const tooLong = { $gt: horizon(now, leaseMs) };
  const $inc = { revision: 1 };
  await Promise.all([
    collections.lines.updateMany({ leaseUntil: tooLong }, { $set: { leaseUntil: until }, $inc }),
    collections.messages.updateMany(
      { 'queue.leaseUntil': tooLong },
      { $set: { 'queue.leaseUntil': until }, $inc },
    ),
  ]);
}

async function release(core: Core, line: LineDocument, now: Instant): Promise<void> {
  const conversation = await core.collections.conversations.findOne({ _id: line._id });
  if (conversation?.joinedInto !== undefined) await leaveLine(core, { line, conversation, now });
  else await freeLine(core, line._id, now);
}
