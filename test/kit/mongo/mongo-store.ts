import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { pino } from 'pino';
import { createIds } from '../../../api/ids.ts';
import { createMongoStore } from '../../../api/storage/mongo/store.ts';
import type { MongoStoreOptions } from '../../../api/storage/mongo/store.ts';
import type { Store } from '../../../api/storage/store.ts';
import { createFakeClock } from '../clock.ts';
import type { FakeClock } from '../clock.ts';

export interface MongoTestStore {
  readonly store: Store;
  readonly clock: FakeClock;
  /** Names the database of its own. */
  readonly uri: string;
  /** Another process on the same database; `close` stops it too. */
  openAnother(): Promise<Store>;
  /** Stops the store and opens its database again; `store` is the new one. */
  reopen(): Promise<void>;
  /** Stops the store and drops its database. Safe twice. */
  close(): Promise<void>;
}

type TestStoreOptions = { readonly clock?: FakeClock } & Pick<
  MongoStoreOptions,
  'onCommand' | 'acknowledgeWithinMs'
>;

/** Where the tests find the servers; undefined: they are skipped. */
export const dataUri = process.env['MONGODB_TEST_URI'];
export const streamsUri = process.env['MONGODB_TEST_STREAMS_URI'] ?? dataUri;

/** The servers of the tests may be slow: what is large has to be done while the test waits, not later. */
const acknowledgeWithinMs = 1_500;

/** The MongoDB store on a database of its own, with a clock that the test moves. */
export async function openMongoStore(
  server: string,
  options: TestStoreOptions = {},
): Promise<MongoTestStore> {
  const clock = options.clock ?? createFakeClock();
  const uri = freshDatabase(server);
  const log = pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' });
  const open = () =>
    createMongoStore({ acknowledgeWithinMs, ...options, uri, clock, ids: createIds(clock), log });
  let store = await open();
  const others: Store[] = [];
  return {
    get store() {
      return store;
    },
    clock,
    uri,
    async openAnother() {
      const other = await open();
      others.push(other);
      return other;
    },
    async reopen() {
      await store.stop();
      store = await open();
    },
    async close() {
      await Promise.all([store, ...others].map((opened) => opened.stop()));
      await dropDatabase(uri);
    },
  };
}

/** The address of a database that is not there yet. */
export function freshDatabase(server: string): string {
  const url = new URL(server);
  url.pathname = `/inbox_test_${randomBytes(6).toString('hex')}`;
  return url.href;
}

/** The same database by another way. */
export function withHost(uri: string, host: string): string {
  const url = new URL(uri);
  url.host = host;
  return url.href;
}

export async function dropDatabase(uri: string): Promise<void> {
  const client = new MongoClient(uri);
  try {
    await client.db().dropDatabase();
  } finally {
    await client.close();
  }
}
