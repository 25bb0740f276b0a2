import { MongoClient } from 'mongodb';
import { pino } from 'pino';
import { createLogFeed } from '../../api/events/log-feed.ts';
import { describeFeed } from '../contract/feed.contract.ts';
import { ringSize } from '../contract/feed/feed-under-test.ts';
import type { FeedUnderTest } from '../contract/feed/feed-under-test.ts';
import { describeOnStreams } from '../kit/mongo/describe-mongo.ts';
import { openMongoStore } from '../kit/mongo/mongo-store.ts';

describeOnStreams('on the server of MONGODB_TEST_STREAMS_URI', (server) => {
  describeFeed('the change stream of MongoDB', () => openChangeFeed(server));
});

async function openChangeFeed(server: string): Promise<FeedUnderTest> {
  const test = await openMongoStore(server);
  const { clock } = test;
  const log = pino({ level: 'silent' });
  const open = () => createLogFeed({ ...test.store, clock, log, ringSize });
  let feed = open();
  // What it has is asked of another process, so that a memory of the one under test cannot be wrong in both.
  const witness = await test.openAnother();
  let start = await test.store.changes.head();
  return {
    get feed() {
      return feed;
    },
    get store() {
      return test.store;
    },
    clock,
    async history(after = start) {
      await witness.changes.head();
      return (await witness.changes.read(after, 1_000_000)) ?? [];
    },
    async forget() {
      await feed.stop();
      await forgetHistory(test.uri);
      await test.reopen();
      feed = open();
      start = await test.store.changes.head();
    },
    async reopen() {
      await feed.stop();
      await test.reopen();
      feed = open();
    },
    async close() {
      await feed.stop();
      await test.close();
    },
  };
}

/** As a database is that was restored from a backup: it knows no token of before. */
async function forgetHistory(uri: string): Promise<void> {
  const client = new MongoClient(uri);
  await client.db().collection<{ _id: string }>('settings').deleteOne({ _id: 'feed' });
  await client.close();
}
