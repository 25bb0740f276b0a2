import { pino } from 'pino';
import { createLogFeed } from '../../api/events/log-feed.ts';
import { openTestStore } from '../kit/store.ts';
import { describeFeed } from './feed.contract.ts';
import { ringSize } from './feed/feed-under-test.ts';
import type { FeedUnderTest } from './feed/feed-under-test.ts';

describeFeed('the log of the embedded store', openLogFeed);

async function openLogFeed(): Promise<FeedUnderTest> {
  const test = await openTestStore();
  const { clock } = test;
  const log = pino({ level: 'silent' });
  const open = () => createLogFeed({ ...test.store, clock, log, ringSize });
  let feed = open();
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
      return (await test.store.changes.read(after, 1_000_000)) ?? [];
    },
    async forget() {
      await test.store.changes.prune(clock.now() + 1);
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
