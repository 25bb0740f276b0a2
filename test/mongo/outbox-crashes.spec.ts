import type { MongoClient } from 'mongodb';
import type { Instant } from '../../api/clock.ts';
import type { MessageId } from '../../api/ids.ts';
import { createClient } from '../../api/storage/mongo/client.ts';
import { collectionsOf } from '../../api/storage/mongo/collections.ts';
import type { Settlement } from '../../api/storage/store.ts';
import { failureOf, nine, outbound, send, text, unpaced } from '../contract/store/deliveries.ts';
import { messageWith, statusWith } from '../contract/store/reading.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import type { Death } from '../kit/mongo/dying-collections.ts';
import { justBefore } from '../kit/mongo/just-before.ts';
import { startProcess } from '../kit/mongo/mongo-process.ts';
import type { SendingProcess } from '../kit/mongo/mongo-process.ts';
import { openMongoStore } from '../kit/mongo/mongo-store.ts';
import type { MongoTestStore } from '../kit/mongo/mongo-store.ts';
import { createWorld, leaseMs } from './sending-world.ts';
import type { World } from './sending-world.ts';

describeOnMongo('the outbox of a process that dies', (server) => {
  let opened: MongoTestStore;
  let client: MongoClient;
  let world: World;
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
  beforeEach(() => {
    world = createWorld();
  });

  const newPerson = () => ({ phoneNumber: `4477009${String((people += 1)).padStart(5, '0')}` });
  const queue = () => ({ now, giveUpAt: now + 86_400_000 });
  const sendTo = (to: { phoneNumber: string }, body = 'Hello') =>
    send(opened.store, { to, content: text(body), queue: queue() });

  /** Once for each write that it may die at, until it does not die any more. */
  async function atEveryWrite(
    scene: (die: () => SendingProcess, death: Death) => Promise<void>,
  ): Promise<void> {
    for (const isAnswerLost of [false, true]) {
      for (let afterWrites = 0; ; afterWrites += 1) {
        const death = { afterWrites, isAnswerLost };
        const started: SendingProcess[] = [];
        const die = () => {
          const dying = startProcess(collectionsOf(client.db()), opened.clock, death);
          started.push(dying);
          return dying;
        };
        await scene(die, death);
        await expectNothingWaits(death);
        if (!started.some((dying) => dying.hasDied())) {
          expect(afterWrites).toBeGreaterThan(1);
          break;
        }
      }
    }
  }

  async function takeOver(): Promise<void> {
    now = await world.takeOver(opened.store.outbox, now);
  }

  async function expectNothingWaits(death: Death): Promise<void> {
    const { queued } = await opened.store.outbox.summary(0);
    const dueAt = await opened.store.outbox.nextDueAt();
    expect({ ...death, queued, dueAt }).toEqual({ ...death, queued: 0, dueAt: null });
  }

  const messagesSaying = (body: string) =>
    collectionsOf(client.db())
      .messages.find({ content: JSON.stringify(text(body)) })
      .toArray();

  const died = (error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'DiedError') throw error;
    return null;
  };

  it.each([
    ['somebody new', false],
    ['somebody known', true],
  ])(
    'sends a message to %s once, however far storing it came',
    async (_, isKnown) => {
      await atEveryWrite(async (die, death) => {
        const to = newPerson();
        if (isKnown) await sendTo(to);
        if (isKnown) await takeOver();
        const body = `${to.phoneNumber} ${JSON.stringify(death)}`;
        const wanted = outbound({ to, content: text(body), clientMessageId: body, queue: queue() });
        const answered = await die().messages.enqueue(wanted).catch(died);
        await takeOver();
        // What is stored is sent without being asked for again.
        const stored = await messagesSaying(body);
        expect(stored.length).toBeLessThanOrEqual(1);
        if (answered !== null) expect(stored).toHaveLength(1);
        for (const { _id } of stored) expect(world.sentOf(_id)).toHaveLength(1);

        const again = await opened.store.messages.enqueue({ ...wanted, queue: queue() });
        expect(again.kind).toBe(stored.length === 1 ? 'existing' : 'created');
        await takeOver();
        const [message, ...others] = await messagesSaying(body);
        expect(others).toEqual([]);
        expect(world.sentOf(message!._id)).toHaveLength(1);
        expect(message?.isNew).toBe(undefined);
        // Nor is the line held up.
        const next = await sendTo(to);
        await world.sendDue(opened.store.outbox, now);
        expect(world.sentOf(next)).toHaveLength(1);
      });
    },
    240_000,
  );

  it('hands nothing over twice, and leaves nobody waiting, however far claiming came', async () => {
    await atEveryWrite(async (die) => {
      const [first, second] = [newPerson(), newPerson()];
      const ids = [
        await sendTo(first),
        await sendTo(first),
        await sendTo(second),
        await sendTo(second),
      ];
      const claims = await die()
        .outbox.claim({ now, leaseMs, limit: 10, pacing: unpaced })
        .catch(died);
      // The process is gone: what it was handed went out, and nobody knows.
      world.receive(claims ?? [], now);
      await takeOver();
      for (const id of ids) {
        const isUnknown = (await statusWith(opened.store, id)) === 'UNKNOWN';
        const times = world.sentOf(id).length;
        expect(isUnknown ? times <= 1 : times === 1).toBe(true);
      }
      for (const claim of claims ?? []) expect(world.sentOf(claim.message.id)).toHaveLength(1);
    });
  }, 240_000);

  const outcomes: Readonly<Record<string, (at: Instant, id: MessageId) => Settlement>> = {
    ACCEPTED: (at, id) => ({ kind: 'ACCEPTED', at, wamid: `wamid.${id}` }),
    RETRY: (at) => ({ kind: 'RETRY', at, dueAt: at + 1_000, failure: failureOf(130_429) }),
    RELEASE: (at) => ({ kind: 'RELEASE', at, dueAt: at, failure: failureOf(190) }),
    FAILED: (at) => ({ kind: 'FAILED', at, failure: failureOf(131_047) }),
    UNKNOWN: (at) => ({ kind: 'UNKNOWN', at, failure: failureOf(null) }),
  };

  it.each(Object.keys(outcomes))(
    'goes on after %s, however far writing it down came',
    async (kind) => {
      await atEveryWrite(async (die) => {
        const to = newPerson();
        const id = await sendTo(to);
        const next = await sendTo(to);
        const claims = await opened.store.outbox.claim({
          now,
          leaseMs,
          limit: 10,
          pacing: unpaced,
        });
        world.receive(claims, now);
        const outcome = outcomes[kind]!(now + 1, id);
        await die().outbox.settle({ messageId: id, attempt: 1 }, outcome).catch(died);
        await takeOver();
        const status = await statusWith(opened.store, id);
        const isAgain = kind === 'RETRY' || kind === 'RELEASE';
        expect([isAgain ? 'SENT' : kind === 'ACCEPTED' ? 'SENT' : kind, 'UNKNOWN']).toContain(
          status,
        );
        expect(world.sentOf(id)).toHaveLength(isAgain && status === 'SENT' ? 2 : 1);
        expect(world.sentOf(next)).toHaveLength(1);
        if (status === 'SENT' && !isAgain) {
          expect(await messageWith(opened.store, id)).toMatchObject({ wamid: `wamid.${id}` });
        }
      });
    },
    240_000,
  );

  it.each(Object.keys(outcomes))(
    'has %s as it was told, when it is told again by one who did not learn that it was',
    async (kind) => {
      await atEveryWrite(async (die) => {
        const to = newPerson();
        const id = await sendTo(to);
        const next = await sendTo(to);
        await opened.store.outbox.claim({ now, leaseMs, limit: 10, pacing: unpaced });
        const outcome = outcomes[kind]!(now + 1, id);
        const claim = { messageId: id, attempt: 1 };
        await die().outbox.settle(claim, outcome).catch(died);
        expect(await opened.store.outbox.settle(claim, outcome)).toBe('WRITTEN');
        now += 1_001;
        await world.sendDue(opened.store.outbox, now);
        const isAgain = kind === 'RETRY' || kind === 'RELEASE';
        expect(world.sentOf(id)).toHaveLength(isAgain ? 1 : 0);
        expect(world.sentOf(next)).toHaveLength(1);
        if (!isAgain) {
          expect(await statusWith(opened.store, id)).toBe(kind === 'ACCEPTED' ? 'SENT' : kind);
        }
      });
    },
    240_000,
  );

  it.each(['RETRY', 'RELEASE', 'FAILED'])(
    'has %s as it was told after the lease ran out, however far writing it down came',
    async (kind) => {
      await atEveryWrite(async (die) => {
        const id = await sendTo(newPerson());
        const terms = { giveUpAt: now + 86_400_000, refusals: 0 };
        await opened.store.outbox.claim({ now, leaseMs, limit: 10, pacing: unpaced });
        now += leaseMs;
        await opened.store.outbox.expireLeases(now);
        const outcome = outcomes[kind]!(now, id);
        const claim = { messageId: id, attempt: 1, terms };
        await die().outbox.settle(claim, outcome).catch(died);
        expect(await opened.store.outbox.settle(claim, outcome)).toBe('WRITTEN');
        await takeOver();
        const isAgain = kind !== 'FAILED';
        expect(world.sentOf(id)).toHaveLength(isAgain ? 1 : 0);
        expect(await statusWith(opened.store, id)).toBe(isAgain ? 'SENT' : 'FAILED');
      });
    },
    240_000,
  );

  it('leaves nobody waiting for what it had put back late, however far that came', async () => {
    await atEveryWrite(async (die) => {
      const to = newPerson();
      const id = await sendTo(to);
      await opened.store.outbox.claim({ now, leaseMs, limit: 10, pacing: unpaced });
      now += leaseMs;
      await opened.store.outbox.expireLeases(now);
      const claim = {
        messageId: id,
        attempt: 1,
        terms: { giveUpAt: now + 86_400_000, refusals: 0 },
      };
      await die().outbox.settle(claim, outcomes['RETRY']!(now, id)).catch(died);
      await takeOver();
      const isAgain = (await statusWith(opened.store, id)) === 'SENT';
      expect(world.sentOf(id)).toHaveLength(isAgain ? 1 : 0);
    });
  }, 240_000);

  it('sends once more what a person asked for again, however far that came', async () => {
    await atEveryWrite(async (die) => {
      const to = newPerson();
      const id = await sendTo(to);
      await world.sendDue(opened.store.outbox, now, (_, at) => outcomes['FAILED']!(at, id));
      const answered = await die().messages.requeue(id, queue()).catch(died);
      await takeOver();
      if (answered !== null) expect(answered.kind).toBe('requeued');
      const status = await statusWith(opened.store, id);
      expect(world.sentOf(id)).toHaveLength(status === 'SENT' ? 2 : 1);
      const again = await opened.store.messages.requeue(id, queue());
      expect(again.kind).toBe(status === 'SENT' ? 'not-retryable' : 'requeued');
      await takeOver();
      expect(world.sentOf(id)).toHaveLength(2);
    });
  }, 240_000);

  it('takes over what the one who took over did not finish', async () => {
    await atEveryWrite(async (die) => {
      const [first, second] = [newPerson(), newPerson()];
      const lost = [await sendTo(first), await sendTo(second)];
      const next = [await sendTo(first), await sendTo(second)];
      await opened.store.outbox.claim({ now, leaseMs, limit: 10, pacing: unpaced });
      now += leaseMs;
      await die().outbox.expireLeases(now).catch(died);
      await opened.store.outbox.expireLeases(now);
      await world.sendDue(opened.store.outbox, now);
      for (const id of lost) {
        expect(await statusWith(opened.store, id)).toBe('UNKNOWN');
        expect(world.sentOf(id)).toEqual([]);
      }
      for (const id of next) expect(world.sentOf(id)).toHaveLength(1);
    });
  }, 240_000);

  it('lets a claim that was only slow come too late, once its lease ran out', async () => {
    const id = await sendTo(newPerson());
    const later = now + leaseMs;
    const collections = justBefore(
      collectionsOf(client.db()),
      { to: 'messages', by: 'findOneAndUpdate' },
      () => opened.store.outbox.expireLeases(later),
    );
    const slow = startProcess(collections, opened.clock);
    const request = { now, leaseMs, limit: 10, pacing: unpaced };
    expect(await slow.outbox.claim(request)).toEqual([]);
    await world.sendDue(opened.store.outbox, later);
    expect(world.sentOf(id)).toMatchObject([{ attempt: 1 }]);
    now = later;
  });
});
