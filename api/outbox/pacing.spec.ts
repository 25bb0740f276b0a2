import { gcra } from './pacing.ts';
import type { RateLimit } from '../storage/store.ts';

/** One per 6 s, up to 45 at once. */
const pair: RateLimit = { intervalMs: 6_000, burst: 45 };

/** Sends as fast as it may between two times; says when. */
function sendAllTheWhile(limit: RateLimit, from: number, to: number): number[] {
  const sentAt: number[] = [];
  let until: number | null = null;
  for (let now = from; now < to;) {
    const pace = gcra(until, now, limit);
    if (pace.isAllowed) {
      until = pace.until;
      sentAt.push(now);
    } else {
      expect(pace.at).toBeGreaterThan(now);
      now = pace.at;
    }
  }
  return sentAt;
}

describe('gcra', () => {
  it('lets a burst through at once, then one per interval', () => {
    const sentAt = sendAllTheWhile(pair, 0, 60_000);
    expect(sentAt.slice(0, 45)).toEqual(Array.from({ length: 45 }, () => 0));
    expect(sentAt.slice(45)).toEqual([
      6_000, 12_000, 18_000, 24_000, 30_000, 36_000, 42_000, 48_000, 54_000,
    ]);
  });

  it('keeps the rate in the long run', () => {
    expect(sendAllTheWhile(pair, 0, 3_600_000)).toHaveLength(45 + 599);
  });

  it('gives the burst back after as long as it was borrowed for', () => {
    const used = sendAllTheWhile(pair, 0, 1).length;
    expect(used).toBe(45);
    const until = 45 * 6_000;
    expect(gcra(until, until, pair)).toEqual({ isAllowed: true, until: until + 6_000 });
    expect(sendAllTheWhile(pair, until, until + 1)).toHaveLength(45);
  });

  it('does not save up what was not used', () => {
    expect(gcra(0, 1_000_000, pair)).toEqual({ isAllowed: true, until: 1_006_000 });
  });

  it('says when the next one is allowed, to the millisecond', () => {
    const limit = { intervalMs: 12.5, burst: 1 };
    const first = gcra(null, 100, limit);
    expect(first).toEqual({ isAllowed: true, until: 112.5 });
    expect(gcra(112.5, 100, limit)).toEqual({ isAllowed: false, at: 113 });
    expect(gcra(112.5, 113, limit)).toEqual({ isAllowed: true, until: 125.5 });
  });

  it('holds nothing back for long when the clock is set back', () => {
    const limit = { intervalMs: 1_000, burst: 10 };
    expect(gcra(1_000_000, 0, limit)).toEqual({ isAllowed: true, until: 1_000 });
    for (const setBackMs of [10_000, 60_000, 70_000, 71_000, 3_600_000]) {
      const until = 1_000_000 + 10_000;
      const pace = gcra(until, 1_000_000 - setBackMs, limit);
      if (!pace.isAllowed) expect(pace.at - (1_000_000 - setBackMs)).toBeLessThanOrEqual(61_000);
    }
  });

  it('is shared by processes whose clocks differ a little', () => {
    const limit = { intervalMs: 12.5, burst: 5 };
    expect(gcra(10_000, 9_000, limit)).toEqual({ isAllowed: false, at: 9_950 });
  });
});
