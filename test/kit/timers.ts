import type { Instant } from '../../api/clock.ts';
import type { Timers } from '../../api/timers.ts';
import type { FakeClock } from './clock.ts';

export interface FakeTimers extends Timers {
  /** When the next one is due; null when none is set. */
  nextAt(): Instant | null;
  /** Calls back everything that is due at the clock's time. */
  fire(): void;
}

/** Timers that follow a clock which the test moves. */
export function createFakeTimers(clock: FakeClock): FakeTimers {
  const waiting = new Map<symbol, { readonly at: Instant; readonly callback: () => void }>();
  return {
    after(delayMs, callback) {
      const key = Symbol('timer');
      waiting.set(key, { at: clock.now() + Math.max(0, delayMs), callback });
      return () => {
        waiting.delete(key);
      };
    },
    nextAt() {
      const times = Array.from(waiting.values(), ({ at }) => at);
      return times.length === 0 ? null : Math.min(...times);
    },
    fire() {
      for (const [key, { at, callback }] of [...waiting]) {
        if (at > clock.now() || !waiting.delete(key)) continue;
        callback();
      }
    },
  };
}
