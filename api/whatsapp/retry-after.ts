import { secondMs } from '../clock.ts';
import type { Instant } from '../clock.ts';

/** RFC 9110, 10.2.3: whole seconds or a date. Null when absent or neither. */
export function retryAfterMs(header: string | null, now: Instant): number | null {
  if (header === null) return null;
  const value = header.trim();
  if (/^\d{1,9}$/.test(value)) return Number(value) * secondMs;
  // Date.parse alone would take "-5" or "1e3" for a year.
  const at = /^[A-Z][a-z]{2,8},? /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
