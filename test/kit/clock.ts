import type { Clock, Instant } from '../../api/clock.ts';

export interface FakeClock extends Clock {
  advance(byMs: number): void;
  set(to: Instant): void;
}

/** A clock that stands still until it is told to move. */
export function createFakeClock(startAt: Instant = Date.UTC(2026, 10, 23, 9, 0, 0)): FakeClock {
  let now = startAt;
  return {
    now: () => now,
    advance(byMs) {
      now += byMs;
    },
    set(to) {
      now = to;
    },
  };
}
