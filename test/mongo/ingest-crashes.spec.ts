import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { MongoClient } from 'mongodb';
import { createClient } from '../../api/storage/mongo/client.ts';
import { collectionsOf } from '../../api/storage/mongo/collections.ts';
import type { Collections } from '../../api/storage/mongo/collections.ts';
import type { Store } from '../../api/storage/store.ts';
import { claimAll } from '../contract/store/deliveries.ts';
import { history } from '../contract/store/history.ts';
import type { History } from '../contract/store/history.ts';
import { outcomeOf } from '../contract/store/model.ts';
import { playIn } from '../contract/store/play-history.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import { openMongoStore } from '../kit/mongo/mongo-store.ts';
import type { MongoTestStore } from '../kit/mongo/mongo-store.ts';
import { openMortalStore, sweep } from '../kit/mongo/mortal-store.ts';
import type { Written } from '../kit/mongo/mortal-store.ts';
import type { Death } from '../kit/mongo/dying-collections.ts';

const death = fc.record({ afterWrites: fc.nat(12), isAnswerLost: fc.boolean() });
const story = fc.record({ one: history, deaths: fc.array(death, { minLength: 1, maxLength: 12 }) });

interface Story {
  readonly one: History;
  readonly deaths: readonly Death[];
}

const atOnce = 8;
const rounds = 8;

describeOnMongo('processes that die while they apply', (server) => {
  let opened: MongoTestStore;
  let client: MongoClient;
  let collections: Collections;
  let played = 0;
  const written: Written = new Map();
  beforeAll(async () => {
    opened = await openMongoStore(server, { acknowledgeWithinMs: 7_000 });
    client = createClient(opened.uri);
    collections = collectionsOf(client.db());
  });
  afterAll(async () => {
    await client.close();
    await opened.close();
  });

  async function playAll(stories: readonly Story[]): Promise<void> {
    const { clock, store } = opened;
    const all = stories.map(({ deaths, one }) => {
      const mortal = openMortalStore(store, { clock, collections, deaths, written });
      return { one, deaths, playing: playIn(mortal, one, (played += 1)) };
    });
    await Promise.all(all.map(({ playing }) => playing.begin()));
    await claimAll(store);
    await Promise.all(all.map(({ playing }) => playing.run()));
    await sweep(store, written);
    await compare(all);
    await expectFinished(store);
    await Promise.all(all.map(({ playing }) => playing.repeat()));
    await compare(all);
  }

  /** Nothing is left for anybody to come by. */
  async function expectFinished(store: Store): Promise<void> {
    const { contacts, messages } = collections;
    expect(await messages.countDocuments({ isNew: true })).toBe(0);
    expect(await contacts.countDocuments({ absorbing: { $exists: true } })).toBe(0);
    expect(await store.journal.list({ limit: 1, state: 'PENDING' })).toEqual([]);
  }

  it(`leave what others bring to the end that the rules say: ${String(atOnce * rounds)} stories`, async () => {
    const many = fc.array(story, { minLength: atOnce, maxLength: atOnce });
    await fc.assert(fc.asyncProperty(many, playAll), {
      numRuns: rounds,
      endOnFailure: true,
      reporter: ({ failed, errorInstance, seed }) => {
        if (failed) throw new Error(`Seed ${String(seed)}`, { cause: errorInstance });
      },
    });
  }, 600_000);
});

async function compare(
  all: readonly (Story & { readonly playing: ReturnType<typeof playIn> })[],
): Promise<void> {
  for (const { deaths, one, playing } of all) {
    const [actual, expected] = [await playing.outcome(), outcomeOf(one)];
    if (isDeepStrictEqual(actual, expected)) continue;
    expect({ deaths, history: one, ...actual }).toEqual({ deaths, history: one, ...expected });
  }
}
