import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { StartError } from './errors.ts';
import { listenOn } from './http/listen.ts';
import { createServer } from './http/server.ts';
import { createIds } from './ids.ts';
import type { Ids } from './ids.ts';
import { createLog } from './log.ts';
import type { Log } from './log.ts';
import { createSqliteStore } from './storage/sqlite/store.ts';
import type { Store } from './storage/store.ts';
import type { WhatsApp } from './whatsapp/whatsapp.ts';

export interface App {
  /** Opens the store, takes up what was left unfinished, and listens. Rejects with a StartError for what a person has to mend. */
  start(): Promise<{ readonly url: string }>;
  /** Takes no new requests, finishes the running ones, and closes everything in reverse. Safe twice. */
  stop(): Promise<void>;
}

/** What tests bring of their own. The app stops a store that it was given, too. */
export interface AppOverrides {
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly store?: Store;
  readonly whatsApp?: WhatsApp;
  readonly log?: Log;
}

/** Puts the parts together; the only place that knows all adapters. */
export function createApp(config: Config, overrides: AppOverrides = {}): App {
  const clock = overrides.clock ?? systemClock;
  const ids = overrides.ids ?? createIds(clock);
  const log = overrides.log ?? createLog(config);
  const opened: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;

  async function start() {
    const store = overrides.store ?? (await openStore());
    opened.push(() => store.stop());
    const newestId = await store.messages.newestId();
    if (newestId !== null) ids.continueAfter(newestId);
    const server = await createServer({ config, log });
    opened.push(() => server.close());
    return { url: await listenOn(server, config.http) };
  }

  function openStore(): Promise<Store> {
    if (config.store.kind === 'mongodb')
      throw new StartError('The MongoDB store is not part of this version: unset MONGODB_URI.');
    return createSqliteStore({ directory: config.store.directory, clock, ids, log });
  }

  async function stopAll() {
    for (const close of opened.splice(0).reverse()) await close();
  }

  return {
    async start() {
      try {
        return await start();
      } catch (error) {
        await stopAll();
        throw error;
      }
    },
    stop: () => (stopping ??= stopAll()),
  };
}
