import { wholeSecond } from '../../../clock.ts';
import type { Instant } from '../../../clock.ts';
import type { Place } from '../../../messages/chat-order.ts';
import type { Database } from '../database.ts';

/** Messages per second that the key has room for. */
const perSecond = 2 ** 21;
/** Until 2106 the key stays a safe integer; seconds before 1970 have no place. */
const lastSecond = 2 ** 32 - 1;

/** The key of the next message of this time: the row id that is the order of the chat. */
export function nextOrd(database: Database, timestamp: Instant): number {
  const first = firstOrdOf(wholeSecond(timestamp));
  const last = database.get<{ ord: number | null }>(
    'SELECT max(ord) AS ord FROM messages WHERE ord >= ? AND ord < ?',
    first,
    first + perSecond,
  )?.ord;
  const ord = last === null || last === undefined ? first : last + 1;
  if (ord >= first + perSecond) throw new Error('More messages in one second than can be kept');
  return ord;
}

/** Where a place lies among the keys: `before` is the last key below it, `after` the first above. */
export interface OrdBounds {
  readonly before: number;
  readonly after: number;
}

/** Also for a place whose message is not there (any more, or in this store). */
export function ordBoundsOf(database: Database, place: Place): OrdBounds {
  const second = Math.min(Math.max(place.second, 0), lastSecond);
  const first = firstOrdOf(second);
  const exact = database.get<{ ord: number }>('SELECT ord FROM messages WHERE id = ?', place.id);
  if (exact !== undefined && exact.ord >= first && exact.ord < first + perSecond) {
    return { before: exact.ord - 1, after: exact.ord + 1 };
  }
  const lower = database.get<{ ord: number | null }>(
    'SELECT max(ord) AS ord FROM messages WHERE ord >= ? AND ord < ? AND id < ?',
    first,
    first + perSecond,
    place.id,
  )?.ord;
  const before = lower ?? first - 1;
  return { before, after: before + 1 };
}

/** Times outside 1970 to 2106 are kept with the message but ordered as the nearest one. */
export function firstOrdOf(second: number): number {
  return Math.min(Math.max(second, 0), lastSecond) * perSecond;
}
