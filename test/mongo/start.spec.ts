import { MongoClient } from 'mongodb';
import { pino } from 'pino';
import { systemClock } from '../../api/clock.ts';
import { StartError } from '../../api/errors.ts';
import { createIds } from '../../api/ids.ts';
import { createMongoStore } from '../../api/storage/mongo/store.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import { startGreeter } from '../kit/mongo/mongo-greeter.ts';
import type { Greeter } from '../kit/mongo/mongo-greeter.ts';
import { dropDatabase, freshDatabase } from '../kit/mongo/mongo-store.ts';

const clock = systemClock;
const open = (uri: string) =>
  createMongoStore({ uri, clock, ids: createIds(clock), log: pino({ level: 'silent' }) });

/** What whoever starts the server is told. */
async function refusalOf(uri: string): Promise<string> {
  const error: unknown = await open(uri).then(
    () => new Error('It started'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof StartError)) throw error as Error;
  return error.message;
}

describe('a start without a fitting MongoDB', () => {
  let greeter: Greeter | null = null;
  afterEach(async () => {
    await greeter?.close();
    greeter = null;
  });

  it('says that no host has this name', async () => {
    expect(await refusalOf('mongodb://me:secret@no.such.host.invalid/inbox')).toMatch(
      /^No host of that name: MongoDB at no\.such\.host\.invalid:27017 .*MONGODB_URI/,
    );
  }, 15_000);

  it('says that nobody listens', async () => {
    expect(await refusalOf('mongodb://me:secret@127.0.0.1:9/inbox')).toMatch(
      /^Nobody listens at 127\.0\.0\.1:9\./,
    );
  }, 15_000);

  it.each(['mongodb://', 'mongodb://a/?w=', 'mongodb://a/?unknownOption=1', 'mongodb+srv://a:1/'])(
    'says that %s is no address',
    async (uri) => {
      expect(await refusalOf(uri)).toMatch(/^MONGODB_URI is not an address of MongoDB/);
    },
  );

  it.each([
    ['a standalone', {}, 'rs.initiate()'],
    ['a set that was never begun', { isreplicaset: true }, 'never begun'],
    [
      'a secondary',
      { setName: 'rs0', isWritablePrimary: false, secondary: true },
      'not the primary',
    ],
  ])('refuses %s and says what to do', async (_case, greeting, remedy) => {
    greeter = await startGreeter({ isWritablePrimary: true, ...greeting });
    const message = await refusalOf(`${greeter.uri}/inbox?directConnection=true`);
    expect(message).toContain(remedy);
  });

  it.each([
    [18, 'AuthenticationFailed', 'refuses the user name or the password'],
    [13, 'Unauthorized', 'readWrite'],
    [59, 'CommandNotFound', 'code 59 (CommandNotFound)'],
  ])('explains the answer %i, %s', async (code, codeName, remedy) => {
    greeter = await startGreeter(
      { isWritablePrimary: true, setName: 'rs0' },
      { ok: 0, code, codeName, errmsg: 'secret words of the driver' },
    );
    const message = await refusalOf(`${greeter.uri}/inbox?directConnection=true`);
    expect(message).toContain(remedy);
    expect(message).not.toContain('secret');
  });

  it('refuses a server that is too old', async () => {
    greeter = await startGreeter({ isWritablePrimary: true, setName: 'rs0', maxWireVersion: 6 });
    expect(await refusalOf(`${greeter.uri}/inbox?directConnection=true`)).toContain('too old');
  }, 15_000);

  it('says that both sides have to use TLS', async () => {
    greeter = await startGreeter({ isWritablePrimary: true, setName: 'rs0' });
    expect(await refusalOf(`${greeter.uri}/inbox?directConnection=true&tls=true`)).toMatch(/TLS/i);
  }, 15_000);
});

describeOnMongo('a start on MongoDB', (server) => {
  it('keeps to the database of the address, and takes whatsapp_inbox where it names none', async () => {
    const uri = freshDatabase(server);
    const store = await open(uri);
    await store.stop();
    const client = new MongoClient(uri);
    const names = (await client.db().listCollections().toArray()).map(({ name }) => name);
    await client.close();
    await dropDatabase(uri);
    expect(names).toContain('messages');
  });

  it('is refused where the replica set has another name', async () => {
    const uri = new URL(freshDatabase(server));
    uri.search = '?replicaSet=of-somebody-else';
    expect(await refusalOf(uri.href)).toMatch(/^No primary of the replica set is found at/);
  }, 15_000);
});
