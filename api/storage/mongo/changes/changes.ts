import type { Db } from 'mongodb';
import type { Log } from '../../../log.ts';
import type { ChangeLog } from '../../store.ts';
import type { Collections } from '../collections.ts';
import type { Operations } from '../operations.ts';
import { createCursors } from './cursors.ts';
import { createMarks } from './marks.ts';
import { createOlderChanges } from './older-changes.ts';
import { createProcessStream } from './process-stream.ts';
import { createRecentChanges } from './recent-changes.ts';
import { changeOf, markOf } from './stream-events.ts';
import type { StreamEvent } from './stream-events.ts';

export interface ChangesOptions {
  readonly database: Db;
  readonly collections: Pick<Collections, 'marks'>;
  readonly operations: Operations;
  readonly log: Log;
  /** The name that this database's cursors bear. */
  readonly feed: Buffer;
}

export interface MongoChangeLog extends ChangeLog {
  /** Why live updates stand still; null while they do not. */
  readonly trouble: string | null;
  stop(): Promise<void>;
}

/** How many changes are kept in memory: some minutes of a busy day, a few megabytes. */
const recentSize = 10_000;

/**
 * The log of changes that the database keeps anyway, its oplog, read through one change stream for all readers of this
 * process. It is followed from the first reader on. How far it reaches back is the database's matter, so that pruning
 * does nothing here.
 */
export function createChanges(options: ChangesOptions): MongoChangeLog {
  const { database, collections, operations, log, feed } = options;
  const listeners = new Set<() => void>();
  const recent = createRecentChanges(recentSize);
  const cursors = createCursors(feed);
  const marks = createMarks(collections.marks);
  let hasNews = false;

  const stream = createProcessStream({ database, log, onEvent, onBatch, onGap });
  const readOlder = createOlderChanges({ database, cursors, recent, catchUp: head });

  function onEvent(event: StreamEvent): void {
    const cursor = cursors.cursorOf(event._id);
    // Resumed streams do not repeat; if one did, it would do no harm.
    if (recent.has(cursor)) return;
    const change = changeOf(event, cursor);
    recent.push({ cursor, change });
    if (change !== null) hasNews = true;
    const mark = markOf(event);
    if (mark !== null) marks.passed(mark, cursor);
  }

  function onBatch(): void {
    if (!hasNews) return;
    hasNews = false;
    announce();
  }

  function onGap(): void {
    recent.clear();
    // Whoever reads on from here finds out that there is no way.
    announce();
  }

  function announce(): void {
    for (const listener of listeners) {
      try {
        listener();
      } catch (err) {
        log.error({ err }, 'listener of the change log failed');
      }
    }
  }

  function head(): Promise<string> {
    stream.start();
    return marks.place();
  }

  async function read(after: string, limit: number) {
    const token = cursors.tokenOf(after);
    if (token === null) return null;
    return recent.after(after, limit) ?? readOlder(after, token, limit);
  }

  return {
    get trouble() {
      return stream.trouble;
    },
    head: () => operations.run('changes.head', head),
    read: (after, limit) => operations.run('changes.read', () => read(after, limit)),
    onAppended(listener) {
      stream.start();
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    prune: () => Promise.resolve(0),
    async stop() {
      await Promise.all([marks.stop(), stream.stop()]);
    },
  };
}
