import { performance } from 'node:perf_hooks';
import { minuteMs, secondMs } from '../../clock.ts';
import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import type { Store, StoreCheck } from '../store.ts';
import { createChangeLog, createChangeRecorder } from './changes.ts';
import { createConversationStore } from './conversations/conversations.ts';
import { startIntegrityCheck } from './integrity-check.ts';
import { createJournal } from './journal/journal.ts';
import { createMessageStore } from './messages/messages.ts';
import { createSearchIndexer } from './messages/search-index.ts';
import { newestId } from './newest-id.ts';
import { openFiles } from './open-files.ts';
import type { OpenFiles } from './open-files.ts';
import { createOperations } from './operations.ts';
import { createOutboxStore } from './outbox/outbox.ts';
import { createSavepoints } from './savepoints.ts';
import { refuseUnfinished } from './transfer/unfinished.ts';
import { createWriter } from './writer.ts';

export interface SqliteStoreOptions {
  readonly directory: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly metrics?: Metrics;
  /** Refuses a directory without a store, rather than making one there. */
  readonly mustExist?: boolean;
  /**
   * How long after the start the thorough check of the file begins.
   * @default 5 seconds
   */
  readonly checkAfterMs?: number;
}

/** The embedded store: SQLite files in one directory, for one process. */
export function createSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  // Opening is synchronous; its failures are rejections like all others.
  return new Promise((resolve) => {
    const files = openFiles(options.directory, options);
    try {
      refuseUnfinished(files);
      resolve(createStoreOn(files, options));
    } catch (error) {
      files.close();
      throw error;
    }
  });
}

/** The store on files that are open; it closes them when it stops. */
export function createStoreOn(files: OpenFiles, options: SqliteStoreOptions): Store {
  const { clock, ids, log } = options;
  const { database } = files;
  ids.continueAfter(newestId(database) ?? '');
  const changes = createChangeRecorder(database, clock);
  const search = createSearchIndexer(database);
  const savepoints = createSavepoints({ database, search });
  const core = { database, clock, ids, changes, search, savepoints, log };
  const writer = createWriter(core, () => {
    if (changes.takeAny()) changeLog.announce();
  });
  const operations = createOperations(writer, options.metrics);
  const changeLog = createChangeLog(core, operations);
  const integrity = startIntegrityCheck({
    path: files.path,
    delayMs: options.checkAfterMs ?? 5 * secondMs,
    log,
  });
  let stopping: Promise<void> | null = null;

  /** A disk that is nearly full takes a small write and refuses the next large one. */
  function findings(): string | null {
    const reason = writer.failureWithin(minuteMs);
    if (integrity.finding !== null || reason === null) return integrity.finding;
    return `A write failed within the last minute (${reason}). Look after the disk of DATA_DIR.`;
  }

  async function check(): Promise<StoreCheck> {
    const startedAt = performance.now();
    try {
      // Proves that it can be written again after a failure; otherwise reading is enough.
      const isAsking = writer.lastFailure === null;
      await (isAsking
        ? operations.read('check', () => database.get('SELECT 1'))
        : operations.write('check', () =>
            database.run("UPDATE settings SET value = value WHERE name = 'opened'"),
          ));
      return { ok: true, latencyMs: performance.now() - startedAt, detail: findings() };
    } catch (error) {
      return { ok: false, latencyMs: null, detail: error instanceof Error ? error.message : null };
    }
  }

  async function close(): Promise<void> {
    operations.close();
    await writer.stop();
    await integrity.stop();
    files.close();
    log.debug({ path: files.path }, 'store closed');
  }

  return {
    kind: 'EMBEDDED',
    journal: createJournal(core, operations),
    messages: createMessageStore(core, operations),
    conversations: createConversationStore(core, operations),
    outbox: createOutboxStore(core, operations),
    changes: changeLog,
    check,
    stop: () => (stopping ??= close()),
  };
}
