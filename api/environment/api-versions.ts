import type { Instant } from '../clock.ts';

/** The newest Graph API version that was tried; recommended where another one is past its end. */
export const newestApiVersion = 'v26.0';

// Until when a version works: https://developers.facebook.com/docs/graph-api/changelog
// Older ones have ended; of newer ones the end is not known yet.
const oldestKnown = 21;
const endDates: ReadonlyMap<number, Instant> = new Map([
  [21, Date.UTC(2027, 0, 21)],
  [22, Date.UTC(2027, 4, 20)],
  [23, Date.UTC(2027, 9, 8)],
  [24, Date.UTC(2028, 1, 18)],
  [25, Date.UTC(2028, 6, 29)],
]);

/** `version` has the form `v26.0`. */
export function hasEnded(version: string, now: Instant): boolean {
  const major = Number.parseInt(version.slice(1), 10);
  if (major < oldestKnown) return true;
  const endsAt = endDates.get(major);
  return endsAt !== undefined && now >= endsAt;
}
