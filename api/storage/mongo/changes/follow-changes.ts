import { performance } from 'node:perf_hooks';
import type { Db } from 'mongodb';
import { minuteMs } from '../../../clock.ts';
import { StoreUnavailableError } from '../../../errors.ts';
import type { Log } from '../../../log.ts';
import type { Collections } from '../collections.ts';
import type { Cursors } from './cursors.ts';
import { createMarks } from './marks.ts';
import { createProcessStream } from './process-stream.ts';
import { createRecentChanges } from './recent-changes.ts';
import type { RecentChanges } from './recent-changes.ts';
import { changeOf, markOf } from './stream-events.ts';
import type { StreamEvent } from './stream-events.ts';

export interface FollowedChanges {
  readonly recent: RecentChanges;
  /** Why live updates stand still; null while they do not. */
  readonly trouble: string | null;
  /** Begins to follow, if it does not already. */
  start(): void;
  /** Resolves with the newest place when all that was acknowledged before the call is in `recent`. */
  readonly head: () => Promise<string>;
  stop(): Promise<void>;
}

export interface FollowOptions {
  readonly database: Db;
  readonly collections: Pick<Collections, 'marks'>;
  readonly cursors: Cursors;
  readonly log: Log;
  readonly onAppended: () => void;
}

/** How many changes are kept in memory: some minutes of a busy day, a few megabytes. */
const recentSize = 10_000;
/** After this a place moves on although nothing has changed, so that it stays within what the database keeps. */
const staleAfterMs = 10 * minuteMs;

/** The end of the log, as the stream of this process brings it. */
export function followChanges(options: FollowOptions): FollowedChanges {
  const { database, collections, cursors, log, onAppended } = options;
  const recent = createRecentChanges(recentSize);
  const marks = createMarks(collections.marks);
  const stream = createProcessStream({ database, log, onEvent, onBatch, onGap });
  let hasNews = false;
  /** The newest change, or a mark that has nothing after it; and when it came. */
  let newest: { readonly cursor: string; readonly at: number } | null = null;

  function onEvent(event: StreamEvent): void {
    const cursor = cursors.cursorOf(event._id);
    // Resumed streams do not repeat; if one did, it would do no harm.
    if (recent.has(cursor)) return;
    const change = changeOf(event, cursor);
    recent.push({ cursor, change });
    const isOld = newest === null || performance.now() - newest.at > staleAfterMs;
    if (change !== null || isOld) newest = { cursor, at: performance.now() };
    if (change !== null) hasNews = true;
    const mark = markOf(event);
    if (mark !== null) marks.passed(mark);
  }

  function onBatch(): void {
    if (!hasNews) return;
    hasNews = false;
    onAppended();
  }

  function onGap(): void {
    recent.clear();
    newest = null;
    // Whoever reads on from here finds out that there is no way.
    onAppended();
  }

  return {
    recent,
    get trouble() {
      return stream.trouble;
    },
    start() {
      stream.start();
    },
    async head() {
      stream.start();
      await marks.roundTrip();
      if (newest === null) throw new StoreUnavailableError('The change stream has just begun anew');
      // Where nothing changes it is one and the same place, which all who ask share in the feed as well.
      return newest.cursor;
    },
    async stop() {
      await Promise.all([marks.stop(), stream.stop()]);
    },
  };
}
