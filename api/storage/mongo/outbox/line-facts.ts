import type { Instant } from '../../../clock.ts';
import { secondMs } from '../../../clock.ts';
import type { ConversationId } from '../../../ids.ts';
import { longestDelayMs } from '../../../outbox/retry.ts';
import { horizon } from '../../../outbox/set-back.ts';
import type { Core } from '../core.ts';
import type { LineDocument, MessageDocument, QueuePlace } from '../documents.ts';

/** A message that waits or is being sent. */
export type QueuedDocument = MessageDocument & { readonly queue: QueuePlace };

// Longer than any write goes on after its process has stopped waiting for it.
const announcedForMs = 30 * secondMs;
const longestLookMs = 8 * secondMs;

/** Positions first; two lines that became one may have given out the same one. */
export async function firstInLine(
  core: Core,
  conversationId: ConversationId,
): Promise<QueuedDocument | null> {
  return withQueue(
    await core.collections.messages.findOne(
      { conversationId, queue: { $exists: true } },
      { sort: { position: 1, _id: 1 } },
    ),
  );
}

/** One of its messages that is being sent. */
export async function sendingInLine(
  core: Core,
  conversationId: ConversationId,
): Promise<QueuedDocument | null> {
  return withQueue(
    await core.collections.messages.findOne({ conversationId, 'queue.leaseUntil': { $gt: 0 } }),
  );
}

/** When a message may be claimed: at once where it was put off by a clock that was set back since. */
export function dueAtOf({ attempts, queue }: QueuedDocument, now: Instant): Instant {
  const putOffAt = Math.max(queue.queuedAt, ...attempts.map(({ endedAt }) => endedAt ?? 0));
  return putOffAt > horizon(now, 0) ? Math.min(queue.dueAt, now) : queue.dueAt;
}

/**
 * When a line is to be looked at for its first message. WhatsApp may put that off for hours: who looks now and then can
 * tell a line that a clock has put off which was set back since.
 */
export function firstLookAt(first: QueuedDocument, now: Instant): Instant {
  return Math.min(dueAtOf(first, now), now + longestDelayMs);
}

/** When a line without a message is to be looked at again; null where none can be on its way to it. */
export function nextLookAt(line: LineDocument, now: Instant): Instant | null {
  const newest = stillAnnounced(line, now).at(-1);
  if (newest === undefined) return null;
  return now + Math.min(Math.max(now - newest.at, secondMs), longestLookMs);
}

/** Those who announced themselves longer ago have died on the way. */
export function stillAnnounced(line: LineDocument, now: Instant): LineDocument['announced'] {
  return line.announced.filter(({ at }) => at > now - announcedForMs);
}

function withQueue(message: MessageDocument | null): QueuedDocument | null {
  if (message?.queue === undefined) return null;
  return { ...message, queue: message.queue };
}
