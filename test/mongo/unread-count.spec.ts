import type { MongoClient } from 'mongodb';
import { createClient } from '../../api/storage/mongo/client.ts';
import { collectionsOf } from '../../api/storage/mongo/collections.ts';
import type { Collections } from '../../api/storage/mongo/collections.ts';
import { deliver, inbound, nine } from '../contract/store/deliveries.ts';
import { chatWith } from '../contract/store/reading.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import { startProcess } from '../kit/mongo/mongo-process.ts';
import { openMongoStore } from '../kit/mongo/mongo-store.ts';
import type { MongoTestStore } from '../kit/mongo/mongo-store.ts';

describeOnMongo('what is unread, counted by one and changed by another', (server) => {
  let opened: MongoTestStore;
  let client: MongoClient;
  beforeEach(async () => {
    opened = await openMongoStore(server);
    client = createClient(opened.uri);
  });
  afterEach(async () => {
    await client.close();
    await opened.close();
  });

  /** Collections of a process that is held up once, when it has counted and is about to write. */
  function heldUpBy(meanwhile: () => Promise<unknown>): Collections {
    const collections = collectionsOf(client.db());
    let isFirst = true;
    const conversations = new Proxy(collections.conversations, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        const method = value.bind(target) as (...given: unknown[]) => unknown;
        if (name !== 'findOneAndUpdate') return method;
        return async (...given: unknown[]) => {
          if (isFirst) {
            isFirst = false;
            await meanwhile();
          }
          return method(...given);
        };
      },
    });
    return { ...collections, conversations };
  }

  const unread = async () => (await chatWith(opened.store, '15555550142')).unreadCount;

  it('is not written over by an older count', async () => {
    await deliver(opened.store, inbound('w1'));
    const slow = startProcess(
      heldUpBy(() => deliver(opened.store, inbound('w3'))),
      opened.clock,
    );
    const elements = [inbound('w2', { timestamp: nine + 1_000 })];
    await slow.journal.accept({ receivedAt: nine, body: Buffer.from('{}'), elements });
    expect(await unread()).toBe(3);
  });

  it('is not written over where the newer count is what was there before', async () => {
    await deliver(opened.store, inbound('w1'));
    const { id } = await chatWith(opened.store, '15555550142');
    const slow = startProcess(
      heldUpBy(() => deliver(opened.store, inbound('w2'))),
      opened.clock,
    );
    await slow.conversations.markRead(id, null, nine);
    expect(await unread()).toBe(1);
  });
});
