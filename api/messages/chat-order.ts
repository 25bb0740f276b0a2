import { wholeSecond } from '../clock.ts';
import type { Instant } from '../clock.ts';

/**
 * A place in a list that is ordered by (whole second, id). Chats are, and so are conversations by
 * their last activity. Cursors hold a place, so they stay good when rows come and go, across
 * restarts and across stores.
 */
export interface Place {
  readonly second: number;
  readonly id: string;
}

export function placeOf(at: Instant, id: string): Place {
  return { second: wholeSecond(at), id };
}

/** Before whatever is of the same whole second. */
export function beginningOf(at: Instant): Place {
  return { second: wholeSecond(at), id: `msg_${'0'.repeat(26)}` };
}

export function comparePlaces(a: Place, b: Place): number {
  if (a.second !== b.second) return a.second - b.second;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

export function cursorOf(place: Place): string {
  return Buffer.from(`${String(place.second)}:${place.id}`).toString('base64url');
}

/** Which list a cursor belongs to: that of these ids. */
export type PlacedKind = 'msg' | 'cnv';

/** The place that a cursor names, or null when it is none of this list. */
export function parseCursor(cursor: string, kind: PlacedKind): Place | null {
  const match = /^(\d{1,12}):([a-z]{3}_[0-9A-Z]{26})$/.exec(
    Buffer.from(cursor, 'base64url').toString(),
  );
  const [, second, id] = match ?? [];
  if (second === undefined || id?.startsWith(`${kind}_`) !== true) return null;
  const place = { second: Number(second), id };
  // One spelling only: decoding passes over characters that are not base64.
  return cursorOf(place) === cursor ? place : null;
}
