import { minuteMs } from '../../../clock.ts';
import type { Instant } from '../../../clock.ts';
import type { Core } from '../core.ts';
import { followUpAll } from '../messages/follow-up.ts';
import { settleHeld } from '../messages/held-statuses.ts';

/** Whoever is at work on something younger may still be alive. */
const graceMs = minuteMs;
const mostAtOnce = 500;

/**
 * Finishes what processes that died have begun, and nobody comes by: messages that are not filed to the end,
 * and statuses that still wait for a message that is there.
 */
export async function finishLeft(core: Core, now: Instant): Promise<void> {
  const before = now - graceMs;
  await fileLeft(core, before);
  await settleLeft(core, before);
}

async function fileLeft(core: Core, before: Instant): Promise<void> {
  const left = await core.collections.messages
    .find({ isNew: true, receivedAt: { $lt: before } })
    .limit(mostAtOnce)
    .toArray();
  if (left.length === 0) return;
  await followUpAll(core, left);
  await fileLeft(core, before);
}

/** Most of them wait for messages that others sent, so all are looked through once, some at a time. */
async function settleLeft(core: Core, before: Instant, after = ''): Promise<void> {
  const some = await core.collections.heldStatuses
    .find({ _id: { $gt: after } }, { projection: { wamidKey: 1, heldSince: 1 } })
    .sort({ _id: 1 })
    .limit(mostAtOnce)
    .toArray();
  const last = some.at(-1);
  if (last === undefined) return;
  const waiting = some.filter(({ heldSince }) => heldSince < before);
  await settleHeld(
    core,
    waiting.map(({ wamidKey }) => wamidKey),
  );
  await settleLeft(core, before, last._id);
}
