import fc from 'fast-check';
import type { Instant } from '../../api/clock.ts';
import type { MessageId } from '../../api/ids.ts';
import type { OutboxStore, Pacing, RateLimit, Store } from '../../api/storage/store.ts';
import {
  business,
  nine,
  outbound,
  secondBusiness,
  send,
  unpaced,
} from '../contract/store/deliveries.ts';
import { statusWith } from '../contract/store/reading.ts';
import { describeOnMongo } from '../kit/mongo/describe-mongo.ts';
import { openMongoStore } from '../kit/mongo/mongo-store.ts';
import type { MongoTestStore } from '../kit/mongo/mongo-store.ts';
import { accepting, createWorld, leaseMs } from './sending-world.ts';

const dayMs = 86_400_000;
const requestMs = 15_000;

/** Each with its own connection; by how much their clocks go before the true time. */
interface Instance {
  readonly outbox: OutboxStore;
  readonly aheadMs: number;
}

describeOnMongo('the outbox that two instances share', (server) => {
  let opened: MongoTestStore;
  let other: Store;
  let now: Instant;
  let people = 0;
  beforeAll(async () => {
    opened = await openMongoStore(server);
    other = await opened.openAnother();
    now = nine;
  });
  afterAll(() => opened.close());
  // Nothing of one test is left to the next, nor is any limit used up.
  afterEach(async () => {
    now += dayMs;
    await opened.store.outbox.expireLeases(now);
    await createWorld().sendDue(opened.store.outbox, now);
    expect(await opened.store.outbox.nextDueAt()).toBe(null);
    now += dayMs;
  });

  const newPerson = () => ({ phoneNumber: `4477009${String((people += 1)).padStart(5, '0')}` });
  const queue = () => ({ now, giveUpAt: now + 10 * dayMs });
  const instances = (aheadMs: readonly [number, number]): [Instance, Instance] => [
    { outbox: opened.store.outbox, aheadMs: aheadMs[0] },
    { outbox: other.outbox, aheadMs: aheadMs[1] },
  ];
  const skews = fc.tuple(fc.integer({ min: -5_000, max: 5_000 }), fc.constant(0));

  it('sends each message once, to each person one after the other', async () => {
    const persons = Array.from({ length: 6 }, newPerson);
    const queued = new Map<string, MessageId[]>();
    for (const to of persons) {
      for (const { phoneNumberId } of [business, business, business, secondBusiness]) {
        const id = await send(opened.store, { to, phoneNumberId, queue: queue() });
        const line = `${phoneNumberId}/${to.phoneNumber}`;
        queued.set(line, [...(queued.get(line) ?? []), id]);
      }
    }
    const sent = new Map<string, MessageId[]>();
    const underWay = new Set<string>();
    let count = 0;

    async function work({ outbox, aheadMs }: Instance): Promise<void> {
      while (count < persons.length * 4) {
        const at = now + aheadMs;
        const claims = await outbox.claim({ now: at, leaseMs, limit: 3, pacing: unpaced });
        const lines = claims.map(({ message, recipient }) => {
          const line = `${message.phoneNumberId}/${String(recipient.phoneNumber)}`;
          expect(underWay).not.toContain(line);
          underWay.add(line);
          sent.set(line, [...(sent.get(line) ?? []), message.id]);
          return line;
        });
        for (const [index, claim] of claims.entries()) {
          count += 1;
          underWay.delete(lines[index]!);
          const settled = { messageId: claim.message.id, attempt: claim.attempt };
          expect(await outbox.settle(settled, accepting(claim, at))).toBe('WRITTEN');
        }
      }
    }
    // Four loops on two connections, so that there is something to quarrel about.
    await Promise.all([...instances([2_000, 0]), ...instances([2_000, 0])].map(work));
    expect(sent).toEqual(queued);
  }, 60_000);

  it('refuses all but one of those who answer the same message at once', async () => {
    const to = newPerson();
    const seen = await send(opened.store, { to, queue: queue() });
    // Within one millisecond the ids of two instances stand in no order.
    now += 1_000;
    const answer = (store: Store, clientMessageId: string) =>
      store.messages.enqueue(
        outbound({ to, queue: queue(), clientMessageId, expectedLastMessageId: seen }),
      );
    const results = await Promise.all(
      [opened.store, other].flatMap((store) => [
        answer(store, `${to.phoneNumber} a`),
        answer(store, `${to.phoneNumber} b`),
      ]),
    );
    expect(results.map(({ kind }) => kind).sort()).toEqual([
      'created',
      'existing',
      'stale',
      'stale',
    ]);
  });

  /** In any stretch of time no more than the limit allows, and what clocks that differ can add. */
  function expectWithin(
    times: readonly Instant[],
    { burst, intervalMs }: RateLimit,
    apartMs: number,
  ): void {
    const extra = Math.min(apartMs / intervalMs, burst);
    for (const [first, from] of times.entries()) {
      for (let last = first; last < times.length; last += 1) {
        const count = last - first + 1;
        const allowed = burst + (times[last]! - from) / intervalMs + extra;
        if (count > allowed)
          throw new Error(`${String(count)} of ${times.join(', ')}: over ${String(allowed)}`);
      }
    }
  }

  const limits = fc.record({
    burst: fc.integer({ min: 1, max: 4 }),
    intervalMs: fc.constant(1_000),
  });
  // Which of the two looks, and after how long.
  const looks = fc.array(fc.tuple(fc.constantFrom(0, 1, 2), fc.integer({ min: 0, max: 2_500 })), {
    minLength: 4,
    maxLength: 8,
  });

  async function lookAndSend(
    aheadMs: readonly [number, number],
    pacing: Pacing,
    turns: readonly (readonly [number, number])[],
  ): Promise<Instant[]> {
    const both = instances(aheadMs);
    const times: Instant[] = [];
    let at = now + 10_000;
    for (const [who, afterMs] of turns) {
      at += afterMs;
      const looking = who === 2 ? both : [both[who]!];
      await Promise.all(
        looking.map(async (instance) => {
          for (;;) {
            const then = at + instance.aheadMs;
            const request = { now: then, leaseMs, limit: 10, pacing };
            const claims = await instance.outbox.claim(request);
            if (claims.length === 0) return;
            for (const claim of claims) {
              times.push(at);
              const settled = { messageId: claim.message.id, attempt: claim.attempt };
              await instance.outbox.settle(settled, accepting(claim, then));
            }
          }
        }),
      );
    }
    return times;
  }

  async function settleRest(): Promise<void> {
    now += dayMs;
    await opened.store.outbox.expireLeases(now);
    await createWorld().sendDue(opened.store.outbox, now);
    now += dayMs;
  }

  it('keeps the pace of a business number, whosever clock is ahead', async () => {
    await fc.assert(
      fc.asyncProperty(skews, limits, looks, async (aheadMs, perNumber, turns) => {
        const everyone = Array.from({ length: 16 }, newPerson);
        await Promise.all(everyone.map((to) => send(opened.store, { to, queue: queue() })));
        const times = await lookAndSend(aheadMs, { ...unpaced, perNumber }, turns);
        expectWithin(times, perNumber, Math.abs(aheadMs[0] - aheadMs[1]));
        expect(times.length).toBeGreaterThan(0);
        await settleRest();
      }),
      { numRuns: 5 },
    );
  }, 120_000);

  it('counts every send against a business number, however many ask at once', async () => {
    const perNumber = { burst: 5, intervalMs: 1_000 };
    const everyone = Array.from({ length: 24 }, newPerson);
    await Promise.all(everyone.map((to) => send(opened.store, { to, queue: queue() })));
    const [first, second] = instances([0, 0]);
    const asking = Array.from({ length: 8 }, () => [first, second]).flat();
    const claims = await Promise.all(
      asking.map(({ outbox }) =>
        outbox.claim({ now, leaseMs, limit: 2, pacing: { ...unpaced, perNumber } }),
      ),
    );
    expect(claims.flat()).toHaveLength(perNumber.burst);
  });

  it('keeps the pace to one person, whosever clock is ahead', async () => {
    await fc.assert(
      fc.asyncProperty(skews, limits, looks, async (aheadMs, perPair, turns) => {
        const to = newPerson();
        for (let n = 0; n < 10; n += 1) await send(opened.store, { to, queue: queue() });
        const times = await lookAndSend(aheadMs, { ...unpaced, perPair }, turns);
        expectWithin(times, perPair, Math.abs(aheadMs[0] - aheadMs[1]));
        expect(times.length).toBeGreaterThan(0);
        await settleRest();
      }),
      { numRuns: 5 },
    );
  }, 120_000);

  it.each([-8_000, 0, 8_000])(
    'takes over from one that died, within 45 s, with a clock ahead by %i ms',
    async (aheadMs) => {
      const to = newPerson();
      const id = await send(opened.store, { to, queue: queue() });
      const next = await send(opened.store, { to, queue: queue() });
      const claims = await other.outbox.claim({ now, leaseMs, limit: 10, pacing: unpaced });
      expect(claims).toHaveLength(1);
      const world = createWorld();
      for (let passed = 0; passed <= 45_000; passed += 5_000) {
        const at = now + passed + aheadMs;
        await opened.store.outbox.expireLeases(at);
        await world.sendDue(opened.store.outbox, at);
        // Its request may still be running until then.
        if (passed <= requestMs) expect(await statusWith(opened.store, id)).toBe('SENDING');
      }
      expect(await statusWith(opened.store, id)).toBe('UNKNOWN');
      expect(world.sent.map((sent) => sent.id)).toEqual([next]);
    },
  );
});
