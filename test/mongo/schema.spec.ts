import type { MongoClient } from 'mongodb';
import { StartError } from '../../api/errors.ts';
import { createClient } from '../../api/storage/mongo/client.ts';
import { collectionsOf } from '../../api/storage/mongo/collections.ts';
import { migrations, prepareSchema } from '../../api/storage/mongo/schema.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import { dropDatabase, freshDatabase } from '../kit/mongo/mongo-store.ts';

describeOnMongo('the schema of the MongoDB store', (server) => {
  let uri: string;
  let client: MongoClient;
  beforeEach(() => {
    uri = freshDatabase(server);
    client = createClient(uri);
  });
  afterEach(async () => {
    await client.close();
    await dropDatabase(uri);
  });

  const prepare = (steps = migrations) => {
    const database = client.db();
    return prepareSchema(database, collectionsOf(database), steps);
  };
  const version = async () =>
    (await collectionsOf(client.db()).settings.findOne({ _id: 'schema' }))?.value;

  it('is made once, and found as it is by the next start', async () => {
    await prepare();
    expect(await version()).toEqual({ version: migrations.length, oldest: 0 });
    const made = (await client.db().listCollections().toArray()).map(({ name }) => name);
    expect(made).toEqual(expect.arrayContaining(['messages', 'conversations', 'deliveries']));
    await prepare();
    expect(await version()).toEqual({ version: migrations.length, oldest: 0 });
  });

  it('is made by several processes that start at once', async () => {
    const others = [createClient(uri), createClient(uri), createClient(uri)];
    const all = [client, ...others].map((each) =>
      prepareSchema(each.db(), collectionsOf(each.db())),
    );
    await Promise.all(all);
    await Promise.all(others.map((other) => other.close()));
    expect(await version()).toEqual({ version: migrations.length, oldest: 0 });
    const indexes = await client.db().collection('messages').indexes();
    expect(new Set(indexes.map(({ name }) => name)).size).toBe(indexes.length);
  });

  it('is brought forward step by step, again after a step has failed, and never back', async () => {
    const done: string[] = [];
    let isFailing = true;
    const steps = [
      ...migrations,
      { run: () => Promise.resolve(void done.push('two')) },
      {
        run: () => {
          if (isFailing) return Promise.reject(new Error('The power failed'));
          return Promise.resolve(void done.push('three'));
        },
        endsOlder: true as const,
      },
    ];
    await prepare();
    await expect(prepare(steps)).rejects.toThrow('The power failed');
    const before = migrations.length;
    expect(await version()).toEqual({ version: before + 1, oldest: 0 });
    // A program of before may still start.
    await prepare();
    isFailing = false;
    await Promise.all([prepare(steps), prepare(steps)]);
    expect(new Set(done)).toEqual(new Set(['two', 'three']));
    expect(await version()).toEqual({ version: before + 2, oldest: before + 2 });
    await expect(prepare()).rejects.toThrow(
      `brought to version ${String(before + 2)} by a newer program`,
    );
    await expect(prepare()).rejects.toBeInstanceOf(StartError);
  });

  it('lets people of before be found by every part of their numbers', async () => {
    await prepare(migrations.slice(0, 1));
    const bare = (name: string) =>
      client.db().collection<{ readonly _id: string; readonly tokens?: readonly string[] }>(name);
    const tom = {
      _id: 'cnt_1',
      numbers: ['447700900123'],
      profileName: 'Tom Aldridge',
      revision: 1,
    };
    const chat = { phoneNumberId: '1', unread: 0, revision: 1, contact: { id: 'cnt_1' } };
    await bare('contacts').insertOne(tom);
    await bare('conversations').insertOne({ ...chat, _id: 'cnv_1', tokens: ['tom', '4477'] });
    await prepare();
    await prepare();
    const { tokens = [] } = (await bare('conversations').findOne()) ?? {};
    expect(tokens).toEqual(expect.arrayContaining(['tom', '4477', '7700900', '0123', 'aldridge']));
    expect(new Set(tokens).size).toBe(tokens.length);
  });

  it('is not put beside the collections of another program', async () => {
    await client.db().collection('orders').insertOne({ total: 3 });
    await expect(prepare()).rejects.toThrow(/holds collections of another program/);
    expect((await client.db().listCollections().toArray()).length).toBe(1);
  });
});
