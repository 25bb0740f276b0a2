import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { Log } from '../../log.ts';
import type { Changes } from './changes.ts';
import type { Database } from './database.ts';
import type { SearchIndexer } from './messages/search-index.ts';
import type { Savepoints } from './savepoints.ts';

/** What every step inside a write works with. */
export interface Core {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly changes: Changes;
  readonly search: SearchIndexer;
  readonly savepoints: Savepoints;
  readonly log: Log;
}
