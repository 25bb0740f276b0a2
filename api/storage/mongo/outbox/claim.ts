import { performance } from 'node:perf_hooks';
import { secondMs } from '../../../clock.ts';
import { ownFailure } from '../../../messages/own-failure.ts';
import type { ClaimedSend, ClaimRequest } from '../../store.ts';
import type { Core } from '../core.ts';
import { claimOf, dueLines } from './claim-of-number.ts';
import type { Claiming } from './claim-of-number.ts';
import { settle } from './settle.ts';

// Well before whoever asked is told that the database does not answer.
const lateMs = 5 * secondMs;

/** Nothing that is marked as being sent is kept back: without its sender it would become UNKNOWN. */
export async function claim(core: Core, request: ClaimRequest): Promise<readonly ClaimedSend[]> {
  const startedAt = performance.now();
  const claimed: ClaimedSend[] = [];
  const isLate = () => performance.now() - startedAt > lateMs;
  try {
    await claimOfAll(core, { ...request, claimed, isLate });
  } catch (error) {
    if (claimed.length === 0) throw error;
    core.log.warn({ err: error, claimed: claimed.length }, 'a claim was cut short');
  }
  return claimed;
}

/** Whoever asked was told that the database does not answer: nothing of this is being sent. */
export async function putBack(core: Core, claimed: readonly ClaimedSend[]): Promise<void> {
  if (claimed.length === 0) return;
  core.log.warn({ claimed: claimed.length }, 'a claim took too long: it is put back');
  const at = core.clock.now();
  const failure = ownFailure('not-sent-in-time');
  const release = { kind: 'RELEASE', at, dueAt: at, failure } as const;
  try {
    await Promise.all(
      claimed.map((claim) =>
        settle(
          core,
          { messageId: claim.message.id, attempt: claim.attempt, terms: claim },
          release,
        ),
      ),
    );
  } catch (error) {
    core.log.error({ err: error }, 'not all of a claim could be put back: the rest is UNKNOWN');
  }
}

/** Every business number gets its share of the limit first, so that a long queue starves no other. */
async function claimOfAll(core: Core, claiming: Claiming): Promise<void> {
  const numbers = await waitingNumbers(core, claiming);
  const share = Math.ceil(claiming.limit / Math.max(numbers.length, 1));
  const longer: string[] = [];
  for (const number of numbers) {
    const most = Math.min(share, claiming.limit - claiming.claimed.length);
    if (most > 0 && (await claimOf(core, number, { ...claiming, most }))) longer.push(number);
  }
  for (const number of longer) {
    const most = claiming.limit - claiming.claimed.length;
    if (most > 0) await claimOf(core, number, { ...claiming, most });
  }
}

async function waitingNumbers(core: Core, { now }: ClaimRequest): Promise<readonly string[]> {
  const { lines, numbers } = core.collections;
  const known = await numbers.find({}, { projection: { _id: 1 } }).toArray();
  const waiting = await Promise.all(
    known.map(async ({ _id }) => {
      const line = await lines.findOne(dueLines(_id, now), { projection: { _id: 1 } });
      return line === null ? [] : [_id];
    }),
  );
  return waiting.flat();
}
