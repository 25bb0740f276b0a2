import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { StoreUnavailableError } from '../../api/errors.ts';
import type { JournalStore, NewDelivery, Store } from '../../api/storage/store.ts';
import { claimAll, deliver, inbound, nine, person } from '../contract/store/deliveries.ts';
import { history } from '../contract/store/history.ts';
import type { History } from '../contract/store/history.ts';
import { outcomeOf } from '../contract/store/model.ts';
import { playIn } from '../contract/store/play-history.ts';
import { chatWith, messagesIn } from '../contract/store/reading.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import { openMongoStore } from '../kit/mongo/mongo-store.ts';
import type { MongoTestStore } from '../kit/mongo/mongo-store.ts';

const atOnce = 10;
const rounds = 8;

/** Each second is one message's own: of two who file it at once nobody knows who gives the larger id. */
const story = history.map((one): History => ({
  ...one,
  messages: one.messages.map((message, index) => ({
    ...message,
    second: 1 + message.second * one.messages.length + index,
  })),
}));

const mostTries = 20;

/**
 * Who is told that the database has not answered in time comes again, as Meta, the sweep and the outbox do. Some servers let
 * an insert and an update of the same unique key wait for each other, a second or more for each message.
 */
async function untilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || tries === mostTries) throw error;
    }
  }
}

/** Where the others were in its way for too long it is left PENDING, and taken up as the sweep does. */
async function acceptWhole(journal: JournalStore, delivery: NewDelivery) {
  let entry = await untilAnswered(() => journal.accept(delivery));
  for (let tries = 0; entry.state === 'PENDING' && tries < mostTries; tries += 1) {
    const { id } = entry;
    entry = (await untilAnswered(() => journal.reapply(id, delivery.elements))) ?? entry;
  }
  return entry;
}

describeOnMongo('instances that get the same at the same time', (server) => {
  let opened: MongoTestStore;
  let others: readonly Store[];
  let played = 0;
  beforeAll(async () => {
    opened = await openMongoStore(server, { acknowledgeWithinMs: 7_000 });
    others = [await opened.openAnother(), await opened.openAnother()];
  });
  afterAll(() => opened.close());

  /** Every delivery comes to all instances at once, reads and outcomes to each in turn. */
  function everywhere(): Store {
    const all = [opened.store, ...others];
    let turn = 0;
    const next = () => all[(turn += 1) % all.length] ?? opened.store;
    const accept = async (delivery: NewDelivery) => {
      const entries = await Promise.all(all.map(({ journal }) => acceptWhole(journal, delivery)));
      return entries[0] ?? next().journal.accept(delivery);
    };
    return {
      ...opened.store,
      journal: { ...opened.store.journal, accept },
      conversations: {
        ...opened.store.conversations,
        markRead: (...read) => untilAnswered(() => next().conversations.markRead(...read)),
      },
      outbox: {
        ...opened.store.outbox,
        settle: (...settled) => untilAnswered(() => next().outbox.settle(...settled)),
      },
    };
  }

  async function playAll(stories: readonly History[]): Promise<void> {
    const all = stories.map((one) => ({
      one,
      playing: playIn(everywhere(), one, (played += 1)),
    }));
    await Promise.all(all.map(({ playing }) => playing.begin()));
    await claimAll(opened.store);
    await Promise.all(all.map(({ playing }) => playing.run()));
    expect(await opened.store.journal.list({ limit: 1, state: 'PENDING' })).toEqual([]);
    for (const { one, playing } of all) {
      const [actual, expected] = [await playing.outcome(), outcomeOf(one)];
      if (isDeepStrictEqual(actual, expected)) continue;
      expect({ history: one, ...actual }).toEqual({ history: one, ...expected });
    }
  }

  it('count what is unread exactly while others file and mark', async () => {
    const all = [opened.store, ...others];
    for (let round = 0; round < 12; round++) {
      const phoneNumber = `44770091${String(1_000 + round)}`;
      const from = person({ phoneNumber });
      const wamids = Array.from({ length: 18 }, (_, n) => `r${String(round)}-${String(n)}`);
      await deliver(opened.store, inbound(`r${String(round)}`, { from }));
      const { id } = await chatWith(opened.store, phoneNumber);
      const filing = wamids.map((wamid, n) => {
        const store = all[n % all.length] ?? opened.store;
        const timestamp = nine + (n + 1) * 1_000;
        return Promise.resolve(
          n % 6 === 5 ? store.conversations.markRead(id, null, nine) : null,
        ).then(() => deliver(store, inbound(wamid, { from, timestamp })));
      });
      await Promise.all(filing);
      const messages = await messagesIn(opened.store, await chatWith(opened.store, phoneNumber));
      expect(messages).toHaveLength(wamids.length + 1);
      const unseen = messages.filter(({ isSeen }) => !isSeen);
      expect((await chatWith(opened.store, phoneNumber)).unreadCount).toBe(unseen.length);
    }
  });

  it(`end as the rules say: ${String(atOnce * rounds)} histories at three instances`, async () => {
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
