import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics } from 'prom-client';
import { systemClock } from './clock.ts';
import type { Clock, Instant } from './clock.ts';
import type { Config, StorePlaces } from './config.ts';
import { StartError } from './errors.ts';
import { createConversations } from './conversations/conversations.ts';
import type { EventFeed } from './events/events.ts';
import { createLogFeed } from './events/log-feed.ts';
import { graphqlRoutes } from './graphql/routes.ts';
import { createHealth } from './health/health.ts';
import { createAccess } from './http/access.ts';
import { accessGuard } from './http/access-guard.ts';
import { listenOn } from './http/listen.ts';
import { metricsRoute } from './http/metrics-route.ts';
import { closeServer } from './http/close-server.ts';
import { createServer } from './http/server.ts';
import { sessionRoutes } from './http/session-routes.ts';
import { serveWebApp } from './http/web-app.ts';
import { createIds } from './ids.ts';
import type { Ids } from './ids.ts';
import { createLog } from './log.ts';
import type { Log } from './log.ts';
import { createMessages } from './messages/messages.ts';
import { createMetrics } from './metrics.ts';
import type { Metrics } from './metrics.ts';
import { createOutbox } from './outbox/outbox.ts';
import type { Outbox } from './outbox/outbox.ts';
import { packageRoot, version } from './package.ts';
import { healthRoute } from './rest/health-route.ts';
import { restRoutes } from './rest/routes.ts';
import { createSqliteStore } from './storage/sqlite/store.ts';
import { openSqliteTransfer } from './storage/sqlite/transfer/transfer.ts';
import type { Store } from './storage/store.ts';
import type { TransferStore } from './storage/transfer/transfer.ts';
import { createIngest } from './webhook/ingest.ts';
import type { Ingest } from './webhook/ingest.ts';
import { journalRoutes } from './webhook/journal-routes.ts';
import { webhookRoutes } from './webhook/routes.ts';
import { createCloudApi } from './whatsapp/cloud-api.ts';
import type { WhatsApp } from './whatsapp/whatsapp.ts';

export interface App {
  /** Opens the store, takes up what was left unfinished, and listens. Rejects with a StartError for what a person has to mend. */
  start(): Promise<{ readonly url: string }>;
  /** Takes no new requests, finishes the running ones, and closes everything. Safe twice. */
  stop(): Promise<void>;
}

/** What tests bring of their own. The app stops a store that it was given, too. */
export interface AppOverrides {
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly store?: Store;
  readonly whatsApp?: WhatsApp;
  readonly log?: Log;
  /** How long POST messages/send waits for WhatsApp. */
  readonly sendWaitMs?: number;
  /** Where the built chat app is. */
  readonly webDirectory?: string;
}

/** Everything below the transports. */
interface Parts {
  readonly config: Config;
  readonly overrides: AppOverrides;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly startedAt: Instant;
  readonly store: Store;
  readonly feed: EventFeed;
  readonly ingest: Ingest;
  readonly outbox: Outbox;
}

/** Puts the parts together; the only place that knows all adapters. */
export function createApp(config: Config, overrides: AppOverrides = {}): App {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLog(config);
  /** In the order of opening; closed in reverse. */
  const opened: (() => Promise<unknown>)[] = [];
  let starting: Promise<{ readonly url: string }> | undefined;
  let stopping: Promise<void> | undefined;

  async function openParts(): Promise<Parts> {
    const metrics = createMetrics();
    collectDefaultMetrics({ register: metrics.registry });
    const ids = overrides.ids ?? createIds(clock);
    const store = overrides.store ?? (await openStore(config, { clock, ids, log, metrics }));
    opened.push(() => store.stop());
    ids.continueAfter((await store.messages.newestId()) ?? '');
    const { messages, conversations, changes } = store;
    const feed = createLogFeed({ changes, messages, conversations, clock, log, metrics });
    opened.push(() => feed.stop());
    const ingest = createIngest({ store, config, clock, log, metrics });
    opened.push(() => ingest.stop());
    const { whatsapp } = config;
    const whatsApp = overrides.whatsApp ?? createCloudApi({ config: whatsapp, log, clock });
    const outbox = createOutbox({ store, whatsApp, config: whatsapp, clock, log, metrics });
    const startedAt = clock.now();
    return { config, overrides, clock, log, metrics, startedAt, store, feed, ingest, outbox };
  }

  async function start() {
    const parts = await openParts();
    const { ingest, outbox } = parts;
    const server = await buildServer(parts);
    // Both at once: what a request leaves behind is stored, and goes out after the next start.
    opened.push(() => Promise.all([closeServer(server), outbox.stop()]));
    ingest.start();
    outbox.start();
    return { url: await listenOn(server, config.http) };
  }

  /** Every part, also after one that cannot be closed; that one's error is the outcome. */
  async function closeAll() {
    const failures: unknown[] = [];
    for (const close of opened.splice(0).reverse()) {
      await close().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  return {
    start() {
      starting ??= start();
      return starting.catch(async (error: unknown) => {
        await closeAll();
        throw error;
      });
    },
    stop() {
      stopping ??= Promise.allSettled([starting]).then(closeAll);
      return stopping;
    },
  };
}

/** With `mustExist` no embedded store is made where there is none. */
export async function openStore(
  config: Config,
  options: { clock: Clock; ids: Ids; log: Log; metrics: Metrics; mustExist?: boolean },
): Promise<Store> {
  const { store } = config;
  if (store.kind === 'embedded')
    return createSqliteStore({ directory: store.directory, ...options });
  // With a large driver, which only those load who use it.
  const { createMongoStore } = await import('./storage/mongo/store.ts');
  return createMongoStore({ uri: store.uri, ...options });
}

/** One of the stores as a side of a migration, whichever the server would use. */
export async function openTransfer(
  side: 'embedded' | 'mongodb',
  options: { isSource: boolean; places: StorePlaces; clock: Clock; ids: Ids; log: Log },
): Promise<TransferStore> {
  const { places, ...ports } = options;
  if (side === 'embedded') return openSqliteTransfer(places.directory, options);
  if (places.uri === null)
    throw new StartError('MONGODB_URI is not set. Set it to the address of the database.');
  const { openMongoTransfer } = await import('./storage/mongo/transfer/transfer.ts');
  return openMongoTransfer({ uri: places.uri, ...ports });
}

/** Use cases, and every way to reach them. */
async function buildServer(parts: Parts): Promise<FastifyInstance> {
  const { config, overrides, clock, log, metrics, store, feed, ingest, outbox } = parts;
  const { http, whatsapp } = config;
  const messages = createMessages({ store, config: whatsapp, clock, outbox, log });
  const conversations = createConversations({ store, config: whatsapp, clock, outbox });
  const health = createHealth({ ...parts, version });
  const access = createAccess({ apiKey: http.apiKey, clock });
  const server = await createServer({ config, log });
  await server.register(webhookRoutes({ ingest, config }));
  await server.register(healthRoute({ health }));
  await server.register(sessionRoutes({ access, http }));
  const useCases = { messages, conversations, health, feed, clock };
  await server.register(graphqlRoutes({ useCases, access, http, log }));
  await server.register(metricsRoute({ metrics, store, feed, access, http, clock }));
  await server.register(async (guarded) => {
    guarded.addHook('onRequest', accessGuard(access, http));
    const { sendWaitMs } = overrides;
    await guarded.register(
      restRoutes({ store, messages, conversations, feed, clock, log, version, sendWaitMs }),
    );
    await guarded.register(journalRoutes({ store, ingest }));
  });
  const directory = overrides.webDirectory ?? join(packageRoot, 'dist', 'web');
  await serveWebApp(server, { directory, http, access });
  return server;
}
