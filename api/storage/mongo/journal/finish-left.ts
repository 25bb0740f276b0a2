import { minuteMs } from '../../../clock.ts';
import type { Instant } from '../../../clock.ts';
import type { Core } from '../core.ts';
import { followUpAll } from '../messages/follow-up.ts';
import { settleHeld } from '../messages/held-statuses.ts';
import type { Operations } from '../operations.ts';

/** Whoever is at work on something younger may still be alive. */
const graceMs = minuteMs;
const mostAtOnce = 500;

/**
 * Finishes what processes that died have begun, and nobody comes by: messages that are not filed to the end,
 * and statuses that still wait for a message that is there. Some at a time: there may be any number of them.
 */
export async function finishLeft(
  core: Core,
  now: Instant,
  { run, runInBatches }: Pick<Operations, 'run' | 'runInBatches'>,
): Promise<void> {
  const before = now - graceMs;
  await runInBatches('journal.finishLeft', () => fileSome(core, before));
  for (let after: string | undefined = ''; after !== undefined;) {
    const from: string = after;
    after = await run('journal.finishLeft', () => settleSome(core, before, from));
  }
}

/** Resolves with how many there were. */
async function fileSome(core: Core, before: Instant): Promise<number> {
  const left = await core.collections.messages
    .find({ isNew: true, receivedAt: { $lt: before } })
    .limit(mostAtOnce)
    .toArray();
  await followUpAll(core, left);
  return left.length;
}

/**
 * Most of them wait for messages that others sent, so all are looked through once. Resolves with the last one that was
 * looked at, until there are no more.
 */
async function settleSome(core: Core, before: Instant, after: string): Promise<string | undefined> {
  const some = await core.collections.heldStatuses
    .find({ _id: { $gt: after } }, { projection: { wamidKey: 1, heldSince: 1 } })
    .sort({ _id: 1 })
    .limit(mostAtOnce)
    .toArray();
  const waiting = some.filter(({ heldSince }) => heldSince < before);
  await settleHeld(
    core,
    waiting.map(({ wamidKey }) => wamidKey),
  );
  return some.at(-1)?._id;
}
