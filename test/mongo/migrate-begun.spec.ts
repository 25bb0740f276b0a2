import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { MongoClient } from 'mongodb';
import { pino } from 'pino';
import { createIds } from '../../api/ids.ts';
import { collectionsOf } from '../../api/storage/mongo/collections.ts';
import { createCore } from '../../api/storage/mongo/core.ts';
import { createJournal } from '../../api/storage/mongo/journal/journal.ts';
import { createOperations } from '../../api/storage/mongo/operations.ts';
import type { Store } from '../../api/storage/store.ts';
import { history } from '../contract/store/history.ts';
import type { History } from '../contract/store/history.ts';
import { outcomeOf } from '../contract/store/model.ts';
import type { Outcome } from '../contract/store/model.ts';
import { playIn } from '../contract/store/play-history.ts';
import { createFakeClock } from '../kit/clock.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import { dyingCollections } from '../kit/mongo/dying-collections.ts';
import { looking, openMigrationBench } from '../kit/benches/migration-bench.ts';
import type { MigrationBench } from '../kit/benches/migration-bench.ts';
import { snapshotOf } from '../kit/mongo/store-snapshot.ts';

const histories = 150;
const mostWrites = 25;

/** What comes in alone: whoever died in it is asked again, by whoever sent it. */
function deliveredOnly(one: History): History {
  return { ...one, send: null, steps: one.steps.filter(({ kind }) => kind !== 'read') };
}

/** Of one second the first to arrive comes first, and what died did not arrive. */
function inAnyOrder({ chats, messages }: Outcome) {
  return {
    chats: chats.map(({ labels, ...chat }) => ({ ...chat, last: null, labels: labels.toSorted() })),
    messages,
  };
}

/** A conversation on MongoDB need not show since when its contact is known so. */
function withoutTimes(snapshot: unknown): unknown {
  const times = new Set(['phoneNumberSince', 'profileSince']);
  return JSON.parse(
    JSON.stringify(snapshot, (name, value: unknown) => (times.has(name) ? undefined : value)),
  );
}

describeOnMongo('migrating what processes that died left behind', (server) => {
  let bench: MigrationBench;
  let client: MongoClient;
  beforeEach(async () => {
    bench = await openMigrationBench(server);
    client = await new MongoClient(bench.uri).connect();
  });
  afterEach(async () => {
    await client.close();
    await bench.close();
  });

  /** The store, as a process has it that dies after so many writes of its deliveries. */
  function dyingStore(store: Store, afterWrites: number): Store {
    const { collections } = dyingCollections(collectionsOf(client.db()), {
      afterWrites,
      isAnswerLost: afterWrites % 2 === 0,
    });
    const clock = createFakeClock();
    const log = pino({ level: 'silent' });
    const core = createCore({ collections, clock, ids: createIds(clock), log });
    return { ...store, journal: createJournal(core, createOperations(undefined)) };
  }

  it('finishes what they had begun, so that both sides are whole', async () => {
    const sampled = fc.sample(history, { numRuns: histories, seed: 23 }).map(deliveredOnly);
    const all = sampled.map((one, index) => ({ one, number: index + 1 }));
    await looking(bench.mongo(), async (mongo) => {
      for (const { one, number } of all) {
        const dying = dyingStore(mongo, number % mostWrites);
        await playIn(dying, one, number)
          .run()
          .catch(() => undefined);
      }
    });
    expect(await bench.migrate('mongodb')).toMatchObject({ code: 0, complained: '' });

    const expected = withoutTimes(await looking(bench.mongo(), snapshotOf));
    await looking(bench.embedded(), async (embedded) => {
      const actual = withoutTimes(await snapshotOf(embedded));
      if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
      for (const { one, number } of all) {
        const playing = playIn(embedded, one, number);
        await playing.repeat();
        const outcome = inAnyOrder(await playing.outcome());
        const rules = inAnyOrder(outcomeOf(one));
        if (!isDeepStrictEqual(outcome, rules))
          expect({ one, ...outcome }).toEqual({ one, ...rules });
      }
    });
  }, 300_000);
});
