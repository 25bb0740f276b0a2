import type { MongoClient } from 'mongodb';
import type { Instant } from '../../api/clock.ts';
import { createClient } from '../../api/storage/mongo/client.ts';
import { collectionsOf } from '../../api/storage/mongo/collections.ts';
import {
  deliver,
  inbound,
  nine,
  outbound,
  person,
  send,
  text,
} from '../contract/store/deliveries.ts';
import { allChats, messageWith } from '../contract/store/reading.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import type { Death } from '../kit/mongo/dying-collections.ts';
import { justBefore } from '../kit/mongo/just-before.ts';
import { startProcess } from '../kit/mongo/mongo-process.ts';
import { openMongoStore } from '../kit/mongo/mongo-store.ts';
import type { MongoTestStore } from '../kit/mongo/mongo-store.ts';
import { createWorld } from './sending-world.ts';

describeOnMongo('a send while two people turn out to be one', (server) => {
  let opened: MongoTestStore;
  let client: MongoClient;
  let now: Instant;
  let people = 0;
  beforeAll(async () => {
    opened = await openMongoStore(server);
    client = createClient(opened.uri);
    now = nine;
  });
  afterAll(async () => {
    await client.close();
    await opened.close();
  });

  /** Two conversations of one person that nobody knows to be one, each with a message that waits. */
  async function twoLines() {
    people += 1;
    const phoneNumber = `4477008${String(people).padStart(5, '0')}`;
    const userId = `US.${String(people)}`;
    const queue = { now, giveUpAt: now + 86_400_000 };
    await deliver(opened.store, inbound(`a${String(people)}`, { from: person({ phoneNumber }) }));
    await deliver(opened.store, inbound(`b${String(people)}`, { from: person({ userId }) }));
    const chats = await allChats(opened.store);
    const chatOf = (key: 'phoneNumber' | 'userId', value: string) =>
      chats.find(({ contact }) => contact[key] === value)!.id;
    const conversations = [chatOf('phoneNumber', phoneNumber), chatOf('userId', userId)] as const;
    const waiting = [
      await send(opened.store, { to: { conversationId: conversations[0] }, queue }),
      await send(opened.store, { to: { conversationId: conversations[1] }, queue }),
    ];
    const join = () =>
      deliver(
        opened.store,
        inbound(`c${String(people)}`, { from: person({ phoneNumber, userId }) }),
      );
    return { conversations, waiting, queue, join };
  }

  const deaths = [Infinity, 2, 3, 4, 5, 6].flatMap((afterWrites): Death[] => [
    { afterWrites, isAnswerLost: false },
    { afterWrites, isAnswerLost: true },
  ]);

  it.each([0, 1] as const)(
    'goes with its conversation, in line, wherever its process dies (%i)',
    async (which) => {
      for (const death of deaths) {
        const { conversations, waiting, queue, join } = await twoLines();
        const collections = justBefore(
          collectionsOf(client.db()),
          { to: 'messages', by: 'insertOne' },
          join,
        );
        const body = `${String(people)} ${JSON.stringify(death)}`;
        const to = { conversationId: conversations[which] };
        const wanted = outbound({ to, content: text(body), clientMessageId: body, queue });
        const dying = startProcess(collections, opened.clock, death);
        await dying.messages.enqueue(wanted).catch(() => null);

        // Where it died before that.
        await join();
        const world = createWorld();
        now = await world.takeOver(opened.store.outbox, now);
        const again = await opened.store.messages.enqueue(wanted);
        now = await world.takeOver(opened.store.outbox, now);
        if (again.kind !== 'created' && again.kind !== 'existing') throw new Error(again.kind);
        const ids = [...waiting, again.message.id];
        expect(world.sent.map(({ id }) => id).sort()).toEqual([...ids].sort());
        const chats = await opened.store.conversations.byIds([...conversations]);
        const [live, ...others] = new Set([...chats.values()].map(({ id }) => id));
        expect(others).toEqual([]);
        for (const id of ids) {
          expect((await messageWith(opened.store, id)).conversationId).toBe(live);
        }
        expect(await opened.store.outbox.nextDueAt()).toBe(null);
        expect(await opened.store.outbox.summary(0)).toMatchObject({ queued: 0, unknown: 0 });
      }
    },
    240_000,
  );
});
