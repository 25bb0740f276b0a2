import type { MongoClient } from 'mongodb';
import { pino } from 'pino';
import type { LoggedChange } from '../../api/events/events.ts';
import { createChanges } from '../../api/storage/mongo/changes/changes.ts';
import type { MongoChangeLog } from '../../api/storage/mongo/changes/changes.ts';
import { feedName } from '../../api/storage/mongo/changes/feed-name.ts';
import { createClient } from '../../api/storage/mongo/client.ts';
import { collectionsOf } from '../../api/storage/mongo/collections.ts';
import { createOperations } from '../../api/storage/mongo/operations.ts';
import { describeOnStreams } from '../kit/mongo/describe-mongo.ts';
import { dropDatabase, freshDatabase } from '../kit/mongo/mongo-store.ts';

describeOnStreams('the log of changes over change streams', (server) => {
  let uri: string;
  let client: MongoClient;
  const opened: (() => Promise<unknown>)[] = [];
  beforeEach(() => {
    uri = freshDatabase(server);
    client = createClient(uri);
  });
  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
    await client.close();
    await dropDatabase(uri);
  });

  /** The log as one process has it. */
  async function openLog(): Promise<MongoChangeLog> {
    const own = createClient(uri);
    const database = own.db();
    const collections = collectionsOf(database);
    const operations = createOperations(undefined);
    const log = pino({ level: 'silent' });
    const feed = await feedName(collections);
    const changes = createChanges({ database, collections, operations, log, feed });
    opened.push(async () => {
      await changes.stop();
      await own.close();
    });
    return changes;
  }

  const messages = () => client.db().collection<{ _id: string }>('messages');
  const conversations = () => client.db().collection<{ _id: string }>('conversations');
  const add = (id: string, more: object = {}) =>
    messages().insertOne({ _id: id, ...{ conversationId: 'cnv_1', ...more } });
  const update = (id: string, change: object) => messages().updateOne({ _id: id }, change);
  const seen = (changes: readonly LoggedChange[] | null) =>
    changes?.map(({ type, messageId, conversationId }) => [type, messageId ?? conversationId]);

  it('has a place for now: nothing of before it, and all of after it', async () => {
    const log = await openLog();
    await add('m1');
    const head = await log.head();
    await add('m2');
    await log.head();
    expect(seen(await log.read(head, 10))).toEqual([['MESSAGE_ADDED', 'm2']]);
  });

  it('tells a message when its filing has ended', async () => {
    const log = await openLog();
    const head = await log.head();
    await add('m1', { isNew: true });
    await update('m1', { $set: { delivery: { stage: 'SENT' }, untold: 2 } });
    await log.head();
    const first = await log.read(head, 10);
    await update('m1', { $unset: { isNew: true, untold: true } });
    await log.head();
    expect([seen(first), seen(await log.read(head, 10))]).toEqual([[], [['MESSAGE_ADDED', 'm1']]]);
    // Whoever reads it later finds the message as it is by then, and the same events.
    expect(await (await openLog()).read(head, 10)).toEqual(await log.read(head, 10));
  });

  it.each([
    [{ $set: { 'delivery.stage': 'READ' } }, true],
    [{ $set: { wamid: 'w1', wamidKey: '1/w1' } }, true],
    [{ $set: { 'reactions.INBOUND': { emoji: '👍' } } }, true],
    [{ $set: { content: '{}' } }, true],
    [{ $unset: { content: true } }, true],
    [{ $unset: { unseen: true }, $inc: { revision: 1 } }, false],
    [{ $set: { tokens: ['a'], attempts: [], attemptKeys: [], queue: {}, position: 2 } }, false],
    [{ $set: { conversationId: 'cnv_2' } }, false],
    [{ $set: { deliveryOf: 1 } }, false],
  ])('knows which writes of a message are seen: %j %j', async (change, isSeen) => {
    const log = await openLog();
    await add('m1', { content: '[]', unseen: {}, revision: 1 });
    const head = await log.head();
    await update('m1', change);
    await log.head();
    expect(seen(await log.read(head, 10))).toEqual(isSeen ? [['MESSAGE_UPDATED', 'm1']] : []);
  });

  it('tells a conversation where the writer says so', async () => {
    const log = await openLog();
    const head = await log.head();
    await conversations().insertOne({ _id: 'cnv_1', ...{ told: 0 } });
    await conversations().updateOne(
      { _id: 'cnv_1' },
      { $set: { unread: 4 }, $inc: { revision: 1 } },
    );
    await conversations().updateOne({ _id: 'cnv_1' }, { $set: { unread: 0 }, $inc: { told: 1 } });
    await log.head();
    expect(seen(await log.read(head, 10))).toEqual([['CONVERSATION_UPDATED', 'cnv_1']]);
  });

  it('reads on where another process has begun, and after a restart, by a stream of its own', async () => {
    const first = await openLog();
    const start = await first.head();
    for (let n = 0; n < 30; n += 1) await add(`m${String(n)}`);
    await first.head();
    const all = await first.read(start, 100);
    const second = await openLog();
    expect(await second.read(start, 100)).toEqual(all);
    const portions: LoggedChange[] = [];
    const third = await openLog();
    for (let cursor = start; portions.length < 30;) {
      const portion = await third.read(cursor, 7);
      portions.push(...(portion ?? []));
      cursor = portions.at(-1)?.cursor ?? cursor;
    }
    expect(portions).toEqual(all);
    const last = portions.at(-1)?.cursor ?? '';
    expect(await third.read(last, 10)).toEqual([]);
    expect(await (await openLog()).read(last, 10)).toEqual([]);
  });

  it('knows only its own cursors, spelled as it spells them', async () => {
    const log = await openLog();
    const head = await log.head();
    expect(head).toMatch(/^[\w-]+$/);
    for (const other of ['', 'x', `${head}x`, `${head}=`, ` ${head}`, head.slice(1), '🙈'])
      expect(await log.read(other, 10)).toBe(null);
    expect(await log.read(head, 10)).toEqual([]);
  });

  it('calls back when there is something new, until it is told to stop', async () => {
    const log = await openLog();
    await log.head();
    let calls = 0;
    log.onAppended(() => {
      throw new Error('A listener that fails');
    });
    const stop = log.onAppended(() => (calls += 1));
    await update('m1', { $set: { delivery: 1 } });
    await log.head();
    expect(calls).toBe(0);
    await add('m1');
    await log.head();
    expect(calls).toBe(1);
    stop();
    await add('m2');
    await log.head();
    expect(calls).toBe(1);
  });

  it('gives one place to all who ask while nothing changes, and leaves nothing behind', async () => {
    const log = await openLog();
    const first = await log.head();
    const heads = await Promise.all(Array.from({ length: 50 }, () => log.head()));
    expect(new Set(heads)).toEqual(new Set([first]));
    await add('m1');
    expect(await log.head()).not.toBe(first);
    expect(await client.db().collection('marks').countDocuments()).toBe(1);
    await log.stop();
    expect(await client.db().collection('marks').countDocuments()).toBe(0);
  });
});
