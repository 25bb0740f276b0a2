import type { Instant } from '../clock.ts';
import type { RateLimit } from '../storage/store.ts';
import { horizon } from './set-back.ts';

/** `until`: the limit's memory, to be kept where it is allowed. */
export type Pace =
  | { readonly isAllowed: true; readonly until: Instant }
  | { readonly isAllowed: false; readonly at: Instant };

/**
 * The generic cell rate algorithm: `until` is the time up to which the past has used the rate up. One
 * more is allowed while that lies less than a burst ahead of now; null where nothing was sent.
 * https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
 */
export function gcra(until: Instant | null, now: Instant, limit: RateLimit): Pace {
  const isBelieved = until !== null && until <= horizon(now, limit.burst * limit.intervalMs);
  const usedUpTo = isBelieved ? Math.max(until, now) : now;
  const allowedAt = usedUpTo - (limit.burst - 1) * limit.intervalMs;
  return now >= allowedAt
    ? { isAllowed: true, until: usedUpTo + limit.intervalMs }
    : { isAllowed: false, at: Math.ceil(allowedAt) };
}
