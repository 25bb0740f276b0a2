import { pino } from 'pino';
import { createIds } from '../../api/ids.ts';
import type { Ids } from '../../api/ids.ts';
import { createSqliteStore } from '../../api/storage/sqlite/store.ts';
import type { Store } from '../../api/storage/store.ts';
import { createFakeClock } from './clock.ts';
import type { FakeClock } from './clock.ts';
import { createTempDirectory } from './temp-directory.ts';

export interface TestStore {
  readonly store: Store;
  readonly clock: FakeClock;
  readonly ids: Ids;
  readonly directory: string;
  /** Stops the store and opens its directory again, as a restart does; `store` is the new one. */
  reopen(): Promise<void>;
  /** Stops the store and removes its directory. Safe twice. */
  close(): Promise<void>;
}

/** The embedded store on a directory of its own, with a clock that the test moves. */
export async function openTestStore(clock: FakeClock = createFakeClock()): Promise<TestStore> {
  const directory = await createTempDirectory();
  const log = pino({ level: 'silent' });
  const open = async () => {
    const ids = createIds(clock);
    return { ids, store: await createSqliteStore({ directory: directory.path, clock, ids, log }) };
  };
  let current = await open();
  return {
    get store() {
      return current.store;
    },
    get ids() {
      return current.ids;
    },
    clock,
    directory: directory.path,
    async reopen() {
      await current.store.stop();
      current = await open();
    },
    async close() {
      await current.store.stop();
      await directory.remove();
    },
  };
}
