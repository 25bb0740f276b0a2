import { minuteMs } from '../clock.ts';
import type { Instant } from '../clock.ts';
import type { RateLimit } from '../storage/store.ts';

/** `until`: the limit's memory, to be kept where it is allowed. */
export type Pace =
  | { readonly isAllowed: true; readonly until: Instant }
  | { readonly isAllowed: false; readonly at: Instant };

// Clocks of several processes differ by less.
const clockToleranceMs = minuteMs;

/**
 * The generic cell rate algorithm: `until` is the time up to which the past has used the rate up. One
 * more is allowed while that lies less than a burst ahead of now; null where nothing was sent.
 * https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
 */
export function gcra(until: Instant | null, now: Instant, limit: RateLimit): Pace {
  const furthest = now + limit.burst * limit.intervalMs + clockToleranceMs;
  // Written by a clock that was set back since: it would hold everything up until it is that late again.
  const usedUpTo = until === null || until > furthest ? now : Math.max(until, now);
  const allowedAt = usedUpTo - (limit.burst - 1) * limit.intervalMs;
  return now >= allowedAt
    ? { isAllowed: true, until: usedUpTo + limit.intervalMs }
    : { isAllowed: false, at: Math.ceil(allowedAt) };
}
