import { performance } from 'node:perf_hooks';
import type { CommandStartedEvent } from 'mongodb';
import type { Clock } from '../../clock.ts';
import type { Ids } from '../../ids.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import type { Store, StoreCheck } from '../store.ts';
import { createChanges } from './changes/changes.ts';
import { feedName } from './changes/feed-name.ts';
import { collectionsOf } from './collections.ts';
import { connect } from './connect.ts';
import type { Connection } from './connect.ts';
import { createConversationStore } from './conversations/conversations.ts';
import { createCore } from './core.ts';
import { createJournal } from './journal/journal.ts';
import { createMessageStore } from './messages/messages.ts';
import { createOperations } from './operations.ts';
import { createOutboxStore } from './outbox/outbox.ts';
import { prepareSchema } from './schema.ts';
import { explainFailure } from './start-failures.ts';
import { refuseUnfinished } from './transfer/unfinished.ts';

export interface MongoStoreOptions {
  /** `mongodb://…`; the database is the one it names, or `whatsapp_inbox`. */
  readonly uri: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly metrics?: Metrics;
  /**
   * A delivery is acknowledged by then, whether it is applied or not.
   * @default 1000
   */
  readonly acknowledgeWithinMs?: number;
  /** Sees every command that is sent. @default nobody does */
  readonly onCommand?: (command: CommandStartedEvent) => void;
}

/** The store on a MongoDB replica set, shared by any number of processes. */
export async function createMongoStore(options: MongoStoreOptions): Promise<Store> {
  const connection = await connect(options.uri, options.onCommand);
  try {
    return await createStoreOn(connection, options);
  } catch (error) {
    await connection.client.close();
    throw explainFailure(error, connection.client.options.hosts.map(String));
  }
}

async function createStoreOn(
  { client, database }: Connection,
  options: MongoStoreOptions,
): Promise<Store> {
  const { clock, ids, log, metrics } = options;
  const collections = collectionsOf(database);
  await prepareSchema(database, collections);
  await refuseUnfinished(collections, database.databaseName);
  const feed = await feedName(collections);
  const core = createCore({ collections, clock, ids, log });
  const operations = createOperations(metrics);
  const messages = createMessageStore(core, operations);
  const changes = createChanges({ database, collections, operations, log, feed });
  ids.continueAfter((await messages.newestId()) ?? '');
  let stopping: Promise<void> | null = null;

  async function check(): Promise<StoreCheck> {
    const startedAt = performance.now();
    try {
      // Proves that it can be written again after a failure; otherwise an answer of the primary is enough.
      await operations.run('check', () =>
        operations.hasFailed
          ? collections.settings.updateOne(
              { _id: 'check' },
              { $set: { value: 1 } },
              { upsert: true },
            )
          : database.command({ ping: 1 }),
      );
      const latencyMs = performance.now() - startedAt;
      return { ok: true, latencyMs, detail: changes.trouble };
    } catch (error) {
      return { ok: false, latencyMs: null, detail: error instanceof Error ? error.message : null };
    }
  }

  async function close(): Promise<void> {
    await operations.close();
    await changes.stop();
    await client.close();
    log.debug('store closed');
  }

  return {
    kind: 'MONGODB',
    journal: createJournal(core, operations, options.acknowledgeWithinMs),
    messages,
    conversations: createConversationStore(core, operations),
    outbox: createOutboxStore(core, operations),
    changes,
    check,
    stop: () => (stopping ??= close()),
  };
}
