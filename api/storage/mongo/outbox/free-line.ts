import type { Instant } from '../../../clock.ts';
import type { ConversationId } from '../../../ids.ts';
import type { Core } from '../core.ts';
import type { LineDocument, MessageDocument } from '../documents.ts';
import { changeLine, held, resting } from './change-line.ts';
import {
  firstInLine,
  firstLookAt,
  nextLookAt,
  sendingInLine,
  stillAnnounced,
} from './line-facts.ts';

/**
 * After a message left its line, or its lease ran out: the next one is due. What the line becomes follows
 * from its messages alone, so anybody may do it at any time, again too.
 */
export function freeLine(core: Core, conversationId: ConversationId, now: Instant): Promise<void> {
  return changeLine(core, conversationId, async (line) => {
    if (line === null) return null;
    const [holder, sending, first] = await Promise.all([
      holderOf(core, line),
      sendingInLine(core, conversationId),
      firstInLine(core, conversationId),
    ]);
    if (holder !== null && (await isHeldBy(core, { line, holder, now }))) return null;
    if (sending?.queue.leaseUntil != null) {
      // Two lines became one while both sent: it waits for this one too.
      const other = { messageId: sending._id, attempt: sending.delivery.attempt };
      return held(line, { leaseUntil: sending.queue.leaseUntil, holder: other });
    }
    const waiting = { ...line, announced: stillAnnounced(line, now) };
    return resting(waiting, first === null ? nextLookAt(line, now) : firstLookAt(first, now));
  });
}

async function holderOf(core: Core, { holder }: LineDocument): Promise<MessageDocument | null> {
  return holder === undefined ? null : core.collections.messages.findOne({ _id: holder.messageId });
}

async function isHeldBy(
  core: Core,
  held: { readonly line: LineDocument; readonly holder: MessageDocument; readonly now: Instant },
): Promise<boolean> {
  const { line, holder: message, now } = held;
  const { attempt, stage } = message.delivery;
  const claimed = line.holder?.attempt ?? 0;
  if (stage === 'SENDING') return attempt === claimed;
  if (stage !== 'QUEUED' || attempt >= claimed) return false;
  // The claim is on its way to the message, unless its lease ran out.
  return now < (line.leaseUntil ?? 0) || !(await fenceOff(core, message));
}

/** From now on the claim that was on its way comes too late. False: it has arrived. */
async function fenceOff(core: Core, { _id, revision }: MessageDocument): Promise<boolean> {
  const { matchedCount } = await core.collections.messages.updateOne(
    { _id, revision },
    { $inc: { revision: 1 } },
  );
  return matchedCount === 1;
}
