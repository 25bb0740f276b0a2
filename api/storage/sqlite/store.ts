import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import type { Store } from '../store.ts';

export interface SqliteStoreOptions {
  readonly directory: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly metrics?: Metrics;
}

/** The embedded store: SQLite files in one directory, for one process. */
export function createSqliteStore(_options: SqliteStoreOptions): Promise<Store> {
  return Promise.reject(new Error('The embedded store is not there yet'));
}
