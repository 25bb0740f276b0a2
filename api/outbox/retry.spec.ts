import { minuteMs, secondMs } from '../clock.ts';
import { nextTryAt } from './retry.ts';
import type { Refused } from './retry.ts';

const now = Date.UTC(2026, 10, 23);
const next = (refused: Partial<Refused>) => {
  const at = nextTryAt({
    policy: 'backoff',
    refusals: 0,
    retryAfterMs: null,
    now,
    random: () => 0.999_999,
    ...refused,
  });
  return at === null ? null : at - now;
};

describe('nextTryAt', () => {
  it('doubles from 1 s to 5 minutes', () => {
    const waits = Array.from({ length: 12 }, (_, refusals) => next({ refusals }));
    expect(waits.slice(0, 9)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256].map((s) => s * secondMs));
    expect(waits.slice(9)).toEqual([5 * minuteMs, 5 * minuteMs, 5 * minuteMs]);
  });

  it('spreads over the whole time, but never to nothing', () => {
    const spread = [0, 0.25, 0.5, 0.75].map((value) => next({ refusals: 3, random: () => value }));
    expect(spread).toEqual([100, 2_000, 4_000, 6_000]);
  });

  it('stays bounded after any number of refusals', () => {
    expect(next({ refusals: 5_000 })).toBe(5 * minuteMs);
    expect(next({ policy: 'pair', refusals: 5_000 })).toBe(5 * minuteMs);
  });

  it('waits half a minute at least for limits that are counted by the hour', () => {
    expect(next({ policy: 'slow', random: () => 0 })).toBe(30 * secondMs);
    expect(next({ policy: 'slow' })).toBe(minuteMs);
    expect(next({ policy: 'slow', refusals: 9 })).toBe(5 * minuteMs);
  });

  it('waits exactly 4^n seconds for the pair rate', () => {
    const waits = [0, 1, 2, 3, 4].map((refusals) =>
      next({ policy: 'pair', refusals, random: () => 0 }),
    );
    expect(waits).toEqual([1, 4, 16, 64, 256].map((s) => s * secondMs));
  });

  it('stops after a few where only a few make sense', () => {
    const policy = { few: 2 };
    expect([0, 1, 2, 3].map((refusals) => next({ policy, refusals }))).toEqual([
      1_000,
      2_000,
      null,
      null,
    ]);
  });

  it.each(['never', 'pause'] as const)('sets no time of its own for %s', (policy) => {
    expect(next({ policy, retryAfterMs: 5_000 })).toBeNull();
  });

  it('never comes earlier than WhatsApp asks, and later where it would anyway', () => {
    expect(next({ retryAfterMs: 90_000 })).toBe(90_000);
    expect(next({ retryAfterMs: 10, refusals: 3 })).toBe(8_000);
  });
});
