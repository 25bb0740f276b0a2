import { performance } from 'node:perf_hooks';
import type { MongoClientOptions } from 'mongodb';
import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import type { Store, StoreCheck } from '../store.ts';
import { createChanges } from './changes/changes.ts';
import { feedName } from './changes/feed-name.ts';
import { createClient } from './client.ts';
import { collectionsOf } from './collections.ts';
import { createCore } from './core.ts';
import { createConversationStore } from './conversations/conversations.ts';
import { createIndexes } from './indexes.ts';
import { createJournal } from './journal/journal.ts';
import { createMessageStore } from './messages/messages.ts';
import { createOperations } from './operations.ts';
import { createOutboxStore } from './outbox/outbox.ts';

export interface MongoStoreOptions {
  readonly uri: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly metrics?: Metrics;
  /** For tests that watch the driver. */
  readonly client?: MongoClientOptions;
}

/** The store on a MongoDB replica set, shared by any number of processes. */
export async function createMongoStore(options: MongoStoreOptions): Promise<Store> {
  const { clock, ids, log } = options;
  const client = createClient(options.uri, options.client);
  await client.connect();
  const database = client.db();
  const collections = collectionsOf(database);
  await createIndexes(collections);
  const core = createCore({ collections, clock, ids, log });
  const operations = createOperations(options.metrics);
  const messages = createMessageStore(core, operations);
  ids.continueAfter((await messages.newestId()) ?? '');
  const feed = await feedName(collections);
  const changes = createChanges({ database, collections, operations, log, feed });
  let stopping: Promise<void> | null = null;

  async function check(): Promise<StoreCheck> {
    const startedAt = performance.now();
    try {
      await operations.run('check', () => database.command({ ping: 1 }));
      return { ok: true, latencyMs: performance.now() - startedAt, detail: changes.trouble };
    } catch (error) {
      return { ok: false, latencyMs: null, detail: error instanceof Error ? error.message : null };
    }
  }

  async function close(): Promise<void> {
    await operations.close();
    await changes.stop();
    await client.close();
  }

  return {
    kind: 'MONGODB',
    journal: createJournal(core, operations),
    messages,
    conversations: createConversationStore(core, operations),
    outbox: createOutboxStore(core, operations),
    changes,
    check,
    stop: () => (stopping ??= close()),
  };
}
