import { minuteMs, secondMs } from '../clock.ts';
import type { Instant } from '../clock.ts';
import type { RetryPolicy } from '../messages/own-failure.ts';

export interface Refused {
  readonly policy: RetryPolicy;
  /** How many refusals came before this one. */
  readonly refusals: number;
  readonly retryAfterMs: number | null;
  readonly now: Instant;
  /** From 0 up to, but not, 1. */
  readonly random: () => number;
}

const firstDelayMs = secondMs;
const firstSlowDelayMs = minuteMs;
/** Of our own; Retry-After may ask for more. */
export const longestDelayMs = 5 * minuteMs;
// Full jitter may come out next to nothing; a server that has just refused is given a breath.
const shortestDelayMs = 100;

/**
 * When a refused message is tried again; null when not by itself. Exponential with full jitter, so that what
 * failed together does not come back together:
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function nextTryAt({
  policy,
  refusals,
  retryAfterMs,
  now,
  random,
}: Refused): Instant | null {
  const delayMs = delayOf(policy, refusals, random);
  return delayMs === null ? null : Math.ceil(now + Math.max(delayMs, retryAfterMs ?? 0));
}

function delayOf(policy: RetryPolicy, refusals: number, random: () => number): number | null {
  if (typeof policy === 'object') {
    return refusals < policy.few ? jittered(firstDelayMs, refusals, random) : null;
  }
  switch (policy) {
    case 'backoff':
      return jittered(firstDelayMs, refusals, random);
    case 'slow':
      return Math.max(firstSlowDelayMs / 2, jittered(firstSlowDelayMs, refusals, random));
    case 'pair':
      // Meta asks for exactly this: 1 s, 4 s, 16 s, ... No jitter, one recipient has one line.
      return Math.min(secondMs * 4 ** refusals, longestDelayMs);
    case 'never':
    case 'pause':
      return null;
  }
}

function jittered(firstMs: number, refusals: number, random: () => number): number {
  const limitMs = Math.min(firstMs * 2 ** refusals, longestDelayMs);
  return Math.max(shortestDelayMs, random() * limitMs);
}
