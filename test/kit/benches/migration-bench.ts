import fc from 'fast-check';
import { pino } from 'pino';
import { openTransfer } from '../../../api/app.ts';
import { createIds } from '../../../api/ids.ts';
import { runMigrateCommand } from '../../../api/migration/run.ts';
import type { Collections } from '../../../api/storage/mongo/collections.ts';
import { createMongoStore } from '../../../api/storage/mongo/store.ts';
import { openMongoTransfer } from '../../../api/storage/mongo/transfer/transfer.ts';
import { createSqliteStore } from '../../../api/storage/sqlite/store.ts';
import type { Store } from '../../../api/storage/store.ts';
import type { TransferStore } from '../../../api/storage/transfer/transfer.ts';
import {
  amara,
  business,
  claimAll,
  deliver,
  inbound,
  kiri,
  nine,
  reaction,
  send,
  status,
  text,
  tom,
} from '../../contract/store/deliveries.ts';
import { history } from '../../contract/store/history.ts';
import { playIn } from '../../contract/store/play-history.ts';
import { createFakeClock } from '../clock.ts';
import { dropDatabase, freshDatabase } from '../mongo/mongo-store.ts';
import { createTempDirectory } from '../temp-directory.ts';

const log = pino({ level: 'silent' });
const clock = createFakeClock();

export interface Ran {
  readonly code: number;
  readonly printed: string;
  readonly complained: string;
}

export interface MigrateOptions {
  readonly signal?: AbortSignal;
  readonly wrapTarget?: (target: TransferStore) => TransferStore;
  readonly wrapCollections?: (collections: Collections) => Collections;
  readonly arguments?: readonly string[];
}

/** A directory and a database of their own, to migrate between. */
export interface MigrationBench {
  readonly directory: string;
  readonly uri: string;
  embedded(): Promise<Store>;
  mongo(): Promise<Store>;
  migrate(from: 'embedded' | 'mongodb', options?: MigrateOptions): Promise<Ran>;
  emptyDatabase(): Promise<void>;
  /** From then on another, empty directory is meant. */
  changeDirectory(): Promise<void>;
  close(): Promise<void>;
}

export async function openMigrationBench(server: string): Promise<MigrationBench> {
  const directories = [await createTempDirectory()];
  const uri = freshDatabase(server);
  const directory = () => directories.at(-1)?.path ?? '';

  async function open(side: 'embedded' | 'mongodb', isSource: boolean, options: MigrateOptions) {
    const { wrapCollections, wrapTarget } = options;
    const ports = { clock, ids: createIds(clock), log };
    const places = { directory: directory(), uri };
    const opened =
      side === 'mongodb' && !isSource && wrapCollections !== undefined
        ? await openMongoTransfer({ uri, ...ports, wrap: wrapCollections })
        : await openTransfer(side, { isSource, places, ...ports });
    return isSource || wrapTarget === undefined ? opened : wrapTarget(opened);
  }

  return {
    get directory() {
      return directory();
    },
    uri,
    embedded: () =>
      createSqliteStore({ directory: directory(), clock, ids: createIds(clock), log }),
    mongo: () => createMongoStore({ uri, clock, ids: createIds(clock), log }),
    async migrate(from, options = {}) {
      let printed = '';
      let complained = '';
      const to = from === 'embedded' ? 'mongodb' : 'embedded';
      const given = ['--from', from, '--to', to, '--assume-stopped'];
      const code = await runMigrateCommand(options.arguments ?? given, {
        open: (side, { isSource }) => open(side, isSource, options),
        clock,
        signal: options.signal ?? new AbortController().signal,
        print: (part) => void (printed += part),
        complain: (part) => void (complained += part),
      });
      return { code, printed, complained };
    },
    emptyDatabase: () => dropDatabase(uri),
    async changeDirectory() {
      directories.push(await createTempDirectory());
    },
    async close() {
      await dropDatabase(uri);
      for (const made of directories) await made.remove();
    },
  };
}

/** Looks at a store, and closes it. */
export async function looking<Result>(
  opening: Promise<Store>,
  look: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await opening;
  try {
    return await look(store);
  } finally {
    await store.stop();
  }
}

/** Histories of the contract, and of everything else that is kept at least one. */
export async function fill(
  store: Store,
  { histories, longChat = 0 }: { readonly histories: number; readonly longChat?: number },
): Promise<void> {
  const all = fc
    .sample(history, { numRuns: histories, seed: 11 })
    .map((one, index) => playIn(store, one, index + 1));
  await Promise.all(all.map((playing) => playing.begin()));
  await claimAll(store);
  await Promise.all(all.map((playing) => playing.run()));
  await fillOutbox(store);
  const many = Array.from({ length: longChat }, (_, n) =>
    inbound(`wamid.${String(n)}`, { from: kiri }),
  );
  if (longChat > 0) await deliver(store, ...many);
  await deliver(
    store,
    inbound('wamid.first', { content: text('Straße 🎉 \0 lone') }),
    inbound('wamid.react', { content: reaction('wamid.first', '👍'), timestamp: nine - 60_000 }),
    inbound('wamid.early', { content: reaction('wamid.unknown', '👍') }),
    status('wamid.waiting', 'READ'),
    status('wamid.waiting', 'FAILED', { at: nine + 1_000 }),
  );
  await store.journal.accept({ receivedAt: nine, body: Buffer.alloc(3_000_000, 7), elements: [] });
  await store.journal.accept({ receivedAt: nine, body: Buffer.alloc(3_000_000, 9), elements: [] });
  for (const [index, reason] of ['no signature', 'no signature', 'not JSON'].entries())
    await store.journal.recordRejection({
      at: nine + index,
      status: 401,
      reason,
      times: index + 1,
    });
}

/** Messages that wait, one that is being sent, one that was refused, and one that WhatsApp has. */
async function fillOutbox(store: Store): Promise<void> {
  const to = (phoneNumber: string | null) => ({ to: { phoneNumber: phoneNumber ?? '' } });
  const known = { clientMessageId: 'key-1', content: text('Hello once') };
  await send(store, { ...to(amara.phoneNumber), ...known });
  await send(store, { ...to(tom.phoneNumber), content: text('Hello Tom') });
  const pacing = {
    perNumber: { intervalMs: 12, burst: 80 },
    perPair: { intervalMs: 6_000, burst: 45 },
  };
  const claimed = await store.outbox.claim({ now: nine, leaseMs: 30_000, limit: 10, pacing });
  const ofTom = claimed.find(({ recipient }) => recipient.phoneNumber === tom.phoneNumber);
  if (ofTom !== undefined)
    await store.outbox.settle(
      { messageId: ofTom.message.id, attempt: ofTom.attempt },
      { kind: 'RETRY', at: nine, dueAt: nine + 1_000, failure: failed },
    );
  for (const body of ['second', 'third', 'fourth'])
    await send(store, { ...to(amara.phoneNumber), content: text(`Hello ${body}`) });
  for (const number of ['33639981234', '61491570156'])
    await send(store, { ...to(number), content: text('Hello to you') });
  await send(store, { ...to('447700900999'), phoneNumberId: `${business.phoneNumberId}7` });
}

const failed = { code: 131_056, title: 'Too many to one person', details: null };
