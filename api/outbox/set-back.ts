import { minuteMs } from '../clock.ts';
import type { Instant } from '../clock.ts';

// Clocks of several processes differ by less.
const clockToleranceMs = minuteMs;

/**
 * What is put off by so much at most lies before this. What lies after it was written by a clock that has been set back
 * since: taken at its word it would hold everything up until it is that late again.
 */
export function horizon(now: Instant, longestMs: number): Instant {
  return now + longestMs + clockToleranceMs;
}
