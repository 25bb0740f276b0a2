import { performance } from 'node:perf_hooks';
import type { MongoClient } from 'mongodb';
import { pino } from 'pino';
import { StoreUnavailableError } from '../../api/errors.ts';
import { createIds } from '../../api/ids.ts';
import { createClient } from '../../api/storage/mongo/client.ts';
import { collectionsOf } from '../../api/storage/mongo/collections.ts';
import { createCore } from '../../api/storage/mongo/core.ts';
import { createOperations } from '../../api/storage/mongo/operations.ts';
import { createOutboxStore } from '../../api/storage/mongo/outbox/outbox.ts';
import { claimAll, nine, send } from '../contract/store/deliveries.ts';
import { statusWith } from '../contract/store/reading.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import { justBefore } from '../kit/mongo/just-before.ts';
import type { AwaitedWrite } from '../kit/mongo/just-before.ts';
import { openMongoStore } from '../kit/mongo/mongo-store.ts';
import type { MongoTestStore } from '../kit/mongo/mongo-store.ts';

describeOnMongo('the outbox on a database that is slow', (server) => {
  let opened: MongoTestStore;
  let client: MongoClient;
  beforeEach(async () => {
    opened = await openMongoStore(server);
    client = createClient(opened.uri);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await client.close();
    await opened.close();
  });

  /** A process that is answered within so long; one of its writes takes as long as `until`. */
  function startSlow(write: AwaitedWrite, until: () => Promise<unknown>, answerWithinMs?: number) {
    const { clock } = opened;
    const collections = justBefore(collectionsOf(client.db()), write, until);
    const log = pino({ level: 'silent' });
    const core = createCore({ collections, clock, ids: createIds(clock), log });
    const operations = createOperations(undefined, answerWithinMs);
    return { outbox: createOutboxStore(core, operations), ended: () => operations.close() };
  }
  const request = { now: nine, leaseMs: 30_000, limit: 10 };
  const pacing = {
    perNumber: { intervalMs: 1, burst: 100 },
    perPair: { intervalMs: 1, burst: 100 },
  };

  it('begins nothing whose answer may come too late', async () => {
    const id = await send(opened.store);
    const slow = startSlow({ to: 'numbers', by: 'updateOne' }, () => {
      const now = performance.now.bind(performance);
      jest.spyOn(performance, 'now').mockImplementation(() => now() + 6_000);
      return Promise.resolve();
    });
    expect(await slow.outbox.claim({ ...request, pacing })).toEqual([]);
    expect(await statusWith(opened.store, id)).toBe('QUEUED');
    // Nor does it keep anybody waiting.
    expect(await claimAll(opened.store)).toMatchObject([{ message: { id }, attempt: 1 }]);
  });

  it('gives back what it had begun when its answer was given up', async () => {
    const first = await send(opened.store);
    await send(opened.store);
    let giveUp: (error: unknown) => void = () => undefined;
    const givenUp = new Promise<unknown>((resolve) => {
      giveUp = resolve;
    });
    const slow = startSlow({ to: 'messages', by: 'findOneAndUpdate' }, () => givenUp, 50);
    const error: unknown = await slow.outbox.claim({ ...request, pacing }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(StoreUnavailableError);
    giveUp(error);
    await slow.ended();
    expect(await statusWith(opened.store, first)).toBe('QUEUED');
    // Before the one behind it.
    expect(await claimAll(opened.store)).toMatchObject([
      { message: { id: first }, attempt: 2, refusals: 0 },
    ]);
  });
});
