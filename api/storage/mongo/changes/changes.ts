import type { Db } from 'mongodb';
import type { Log } from '../../../log.ts';
import type { ChangeLog } from '../../store.ts';
import type { Collections } from '../collections.ts';
import type { Operations } from '../operations.ts';
import { createCursors } from './cursors.ts';
import { followChanges } from './follow-changes.ts';
import { createOlderChanges } from './older-changes.ts';

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

/**
 * The log of changes that the database keeps anyway, its oplog, read through one change stream for all readers of this
 * process. It is followed from the first reader on. How far it reaches back is the database's matter, so that pruning
 * does nothing here.
 */
export function createChanges(options: ChangesOptions): MongoChangeLog {
  const { database, operations, log, feed } = options;
  const listeners = new Set<() => void>();
  const cursors = createCursors(feed);
  const followed = followChanges({ ...options, cursors, onAppended: announce });
  const { recent, head } = followed;
  const readOlder = createOlderChanges({ database, cursors, recent, catchUp: head });

  function announce(): void {
    for (const listener of listeners) {
      try {
        listener();
      } catch (err) {
        log.error({ err }, 'listener of the change log failed');
      }
    }
  }

  async function read(after: string, limit: number) {
    const token = cursors.tokenOf(after);
    if (token === null) return null;
    return recent.after(after, limit) ?? readOlder(after, token, limit);
  }

  return {
    get trouble() {
      return followed.trouble;
    },
    head: () => operations.run('changes.head', head),
    read: (after, limit) => operations.run('changes.read', () => read(after, limit)),
    onAppended(listener) {
      followed.start();
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    prune: () => Promise.resolve(0),
    stop: () => followed.stop(),
  };
}
