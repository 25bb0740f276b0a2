import type { MongoClient } from 'mongodb';
import { dayMs, minuteMs } from '../../api/clock.ts';
import { createClient } from '../../api/storage/mongo/client.ts';
import { collectionsOf } from '../../api/storage/mongo/collections.ts';
import type { Collections } from '../../api/storage/mongo/collections.ts';
import { toHeldDocument } from '../../api/storage/mongo/messages/held-statuses.ts';
import {
  business,
  claimAll,
  deliver,
  inbound,
  nine,
  outbound,
  send,
  status,
} from '../contract/store/deliveries.ts';
import { chatWith, statusWith } from '../contract/store/reading.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import { DiedError } from '../kit/mongo/dying-collections.ts';
import { startProcess } from '../kit/mongo/mongo-process.ts';
import { openMongoStore } from '../kit/mongo/mongo-store.ts';
import type { MongoTestStore } from '../kit/mongo/mongo-store.ts';

/** More writes than any of these use cases makes. */
const deaths = Array.from({ length: 12 }, (_, afterWrites) => afterWrites);

describeOnMongo('what a process that died left half done, and nobody asks for again', (server) => {
  let opened: MongoTestStore;
  let client: MongoClient;
  let collections: Collections;
  beforeEach(async () => {
    opened = await openMongoStore(server);
    client = createClient(opened.uri);
    collections = collectionsOf(client.db());
  });
  afterEach(async () => {
    await client.close();
    await opened.close();
  });

  /** Resolves when a process has done this, or died after so many writes. */
  async function dieDuring(
    afterWrites: number,
    work: (mortal: ReturnType<typeof startProcess>) => Promise<unknown>,
  ): Promise<void> {
    const mortal = startProcess(collections, opened.clock, { afterWrites, isAnswerLost: false });
    // So that no two processes make the same id.
    mortal.ids.continueAfter((await opened.store.messages.newestId()) ?? '');
    await work(mortal).catch((error: unknown) => {
      if (!(error instanceof DiedError)) throw error;
    });
  }

  async function tidyUp(): Promise<void> {
    opened.clock.advance(2 * minuteMs);
    await opened.store.journal.prune(0);
  }

  it.each(deaths)(
    'are statuses that came before their message: died after %i writes',
    async (afterWrites) => {
      const { store } = opened;
      const id = await send(store);
      const [claim] = await claimAll(store);
      const attempt = { messageId: id, attempt: claim?.attempt ?? 0 };
      const outcome = { kind: 'ACCEPTED', at: nine, wamid: 'w1' } as const;
      await deliver(store, status('w1', 'READ', { at: nine + 1_000 }));
      await dieDuring(afterWrites, ({ outbox }) => outbox.settle(attempt, outcome));
      const isKnown = (await collections.messages.countDocuments({ attemptKeys: /w1$/ })) === 1;
      await tidyUp();
      expect(await statusWith(store, id)).toBe(isKnown ? 'READ' : 'SENDING');
      expect(await collections.heldStatuses.countDocuments()).toBe(isKnown ? 0 : 1);
    },
  );

  it('is a status behind hundreds that wait for messages of others', async () => {
    const { clock, store } = opened;
    const id = await send(store);
    const [claim] = await claimAll(store);
    const attempt = { messageId: id, attempt: claim?.attempt ?? 0 };
    await store.outbox.settle(attempt, { kind: 'ACCEPTED', at: nine, wamid: 'w' });
    const { phoneNumberId } = business;
    const wamids = [...Array.from({ length: 1_100 }, (_, n) => `other${String(n)}`), 'w'];
    const report = { status: 'READ', at: nine, failure: null } as const;
    await collections.heldStatuses.insertMany(
      wamids.map((wamid) => toHeldDocument({ phoneNumberId, wamid }, report, clock.now())),
    );
    await tidyUp();
    expect(await statusWith(store, id)).toBe('READ');
    expect(await collections.heldStatuses.countDocuments()).toBe(1_100);
  });

  it.each(deaths)('is a message of ours: died after %i writes', async (afterWrites) => {
    const { store } = opened;
    await deliver(store, inbound('w0'));
    const queue = { now: nine + minuteMs, giveUpAt: nine + dayMs };
    const later = outbound({ clientMessageId: 'c1', queue });
    await dieDuring(afterWrites, ({ messages }) => messages.enqueue(later));
    const stored = await store.messages.byClientMessageId(later.sender, 'c1');
    await tidyUp();
    expect(await collections.messages.countDocuments({ isNew: true })).toBe(0);
    const chat = await chatWith(store, '15555550142');
    if (stored !== null) expect(chat.lastMessageId).toBe(stored.id);
    else expect(chat.lastMessageId).not.toBeNull();
  });
});
