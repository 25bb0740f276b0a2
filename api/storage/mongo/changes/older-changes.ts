import type { Db } from 'mongodb';
import { secondMs } from '../../../clock.ts';
import type { LoggedChange } from '../../../events/events.ts';
import type { Cursors, StreamToken } from './cursors.ts';
import { isHistoryLost } from './lost-history.ts';
import { openChangeStream } from './process-stream.ts';
import type { Passed, RecentChanges } from './recent-changes.ts';
import { changeOf } from './stream-events.ts';

export interface OlderChangesOptions {
  readonly database: Db;
  readonly cursors: Cursors;
  readonly recent: RecentChanges;
  /** Resolves when what was acknowledged before the call is in `recent`. */
  readonly catchUp: () => Promise<unknown>;
}

/** Changes after a token that `recent` does not reach back to; null where the server does not either. */
export type ReadOlder = (
  cursor: string,
  token: StreamToken,
  limit: number,
) => Promise<readonly LoggedChange[] | null>;

/** How many changes one stream brings at least, if there are so many: opening one costs the server a search. */
const readAhead = 2_000;
// What was read ahead for readers who are far back, each by the cursor that they ask for next.
const keptAheads = 8;
// Without an end in sight by then a reader who has got nothing refetches, which is quicker.
const endAfterMs = 6 * secondMs;
const awaitMs = 100;

/** Reads with a stream of its own until it meets the recent changes. One at a time: the next reader may find all it needs. */
export function createOlderChanges(options: OlderChangesOptions): ReadOlder {
  const { database, cursors, recent, catchUp } = options;
  const aheads = new Map<string, readonly LoggedChange[]>();
  let last: Promise<unknown> = Promise.resolve();

  async function read(
    cursor: string,
    token: StreamToken,
    limit: number,
  ): Promise<readonly LoggedChange[] | null> {
    const ahead = takeAhead(cursor, limit);
    if (ahead !== null) return ahead;
    // So that there is something to meet.
    await catchUp();
    const known = recent.after(cursor, limit);
    if (known !== null) return known;
    const { passed, hasMet } = await readStream(token, Math.max(limit, readAhead));
    if (passed === null) return null;
    if (hasMet) recent.prepend(cursor, passed);
    const met = hasMet ? passed.at(-1) : undefined;
    const found = passed.flatMap(({ change }) => change ?? []);
    if (met !== undefined) {
      found.push(...(recent.after(met.cursor, Math.max(0, limit - found.length)) ?? []));
    } else if (found.length === 0) {
      return null;
    }
    return keepAhead(found, limit);
  }

  async function readStream(token: StreamToken, most: number) {
    const stream = openChangeStream(database, token, awaitMs);
    const passed: Passed[] = [];
    const endAt = Date.now() + endAfterMs;
    try {
      for (let changes = 0; changes < most && Date.now() < endAt;) {
        const event = await stream.tryNext();
        if (event === null) continue;
        const cursor = cursors.cursorOf(event._id);
        const change = changeOf(event, cursor);
        passed.push({ cursor, change });
        if (change !== null) changes += 1;
        if (recent.has(cursor)) return { passed, hasMet: true };
      }
      return { passed, hasMet: false };
    } catch (error) {
      if (isHistoryLost(error)) return { passed: null, hasMet: false };
      throw error;
    } finally {
      await stream.close().catch(() => undefined);
    }
  }

  function takeAhead(cursor: string, limit: number): readonly LoggedChange[] | null {
    const ahead = aheads.get(cursor);
    if (ahead === undefined) return null;
    aheads.delete(cursor);
    return keepAhead(ahead, limit);
  }

  /** The first ones; the others wait for whoever goes on after them. */
  function keepAhead(found: readonly LoggedChange[], limit: number): readonly LoggedChange[] {
    const now = found.slice(0, limit);
    const later = found.slice(limit);
    const lastNow = now.at(-1);
    if (lastNow !== undefined && later.length > 0) {
      aheads.set(lastNow.cursor, later);
      const [oldest] = aheads.keys();
      if (aheads.size > keptAheads && oldest !== undefined) aheads.delete(oldest);
    }
    return now;
  }

  return (cursor, token, limit) => {
    const begun = last.then(() => read(cursor, token, limit));
    last = begun.catch(() => undefined);
    return begun;
  };
}
