import { setTimeout as pause } from 'node:timers/promises';
import { pick } from '../soak/random.ts';
import type { Instance } from './instance.ts';

/** What happens to an instance, and when. */
export interface Mishap {
  readonly kind: 'kill' | 'refuse' | 'stall' | 'cut';
  readonly instance: number;
  readonly atMs: number;
  /** Until it is started again, or its connection is back. */
  readonly forMs: number;
  /** Of a cut: how much of what is being written still arrives. */
  readonly bytes: number;
}

export interface MishapPlan {
  readonly instances: number;
  readonly seconds: number;
  readonly kills: number;
  readonly hasFaults: boolean;
}

// Nothing happens at the very beginning, so that there is something to lose.
const quietShare = 0.05;
const downMs = [200, 3_000] as const;
const awayMs = [300, 6_000] as const;
// Beyond the 8 s after which a server answers by itself.
const longAwayMs = [9_000, 15_000] as const;
const longShare = 0.1;
const cutAfterBytes = 4_000;
const faults = ['refuse', 'stall', 'cut'] as const;

/** Kills at random times, and as many faults of the network to the database. */
export function planMishaps(plan: MishapPlan, random: () => number): Mishap[] {
  const between = ([from, to]: readonly [number, number]) => from + random() * (to - from);
  const length = plan.seconds * 1_000;
  const place = () => ({
    instance: Math.floor(random() * plan.instances),
    atMs: between([quietShare * length, length]),
    bytes: Math.floor(random() * cutAfterBytes),
  });
  const kills = Array.from({ length: plan.kills }, () => ({
    ...place(),
    kind: 'kill' as const,
    forMs: between(downMs),
  }));
  const cuts = Array.from({ length: plan.hasFaults ? plan.kills : 0 }, () => ({
    ...place(),
    kind: pick(random, faults) ?? 'refuse',
    forMs: Math.min(between(random() < longShare ? longAwayMs : awayMs), length / 2),
  }));
  return [...kills, ...cuts].sort((one, other) => one.atMs - other.atMs);
}

/** Lets them happen at their times, those of one instance one after the other; resolves when all is well again. */
export async function letHappen(
  mishaps: readonly Mishap[],
  instances: readonly Instance[],
): Promise<void> {
  const startedAt = performance.now();
  const histories = instances.map(async (instance, index) => {
    for (const mishap of mishaps.filter((each) => each.instance === index)) {
      await pause(Math.max(mishap.atMs - (performance.now() - startedAt), 0));
      await happen(mishap, instance);
    }
  });
  await Promise.all(histories);
}

async function happen({ kind, forMs, bytes }: Mishap, instance: Instance): Promise<void> {
  if (kind === 'kill') {
    await instance.kill();
    await pause(forMs);
    await instance.start();
    return;
  }
  if (kind === 'cut') {
    instance.proxy.cutAfter(bytes);
    return;
  }
  await instance.proxy[kind]();
  await pause(forMs);
  await instance.proxy.pass();
}
