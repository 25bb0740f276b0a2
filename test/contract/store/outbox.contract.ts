import { statusOf } from '../../../api/messages/delivery-status.ts';
import type { MessageId } from '../../../api/ids.ts';
import type { Pacing, Settlement } from '../../../api/storage/store.ts';
import {
  claimAll,
  deliver,
  failureOf,
  inbound,
  nine,
  person,
  secondBusiness,
  send,
  status,
  unpaced,
} from './deliveries.ts';
import { chatWith, messageWith, statusWith } from './reading.ts';
import type { OpenStore, StoreUnderTest } from './store-under-test.ts';

const tomsNumber = { phoneNumber: '447700900123' };
const giveUpAt = nine + 86_400_000;

export function describeOutbox(open: OpenStore): void {
  describe('sending', () => {
    let opened: StoreUnderTest;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    const settle = (messageId: MessageId, attempt: number, outcome: Settlement) =>
      opened.store.outbox.settle({ messageId, attempt }, outcome);
    const accept = (id: MessageId, wamid: string, attempt = 1) =>
      settle(id, attempt, { kind: 'ACCEPTED', at: nine, wamid });
    const claimedIds = async (now = nine) =>
      (await claimAll(opened.store, now)).map(({ message }) => message.id);

    describe('the outbox', () => {
      it('hands a message over under a lease, with all that sending needs', async () => {
        await deliver(
          opened.store,
          inbound('w1', { from: person({ phoneNumber: '15555550142', userId: 'US.1' }) }),
        );
        const id = await send(opened.store);
        const claims = await claimAll(opened.store, nine + 10);
        expect(claims).toMatchObject([
          {
            message: { id, delivery: { stage: 'SENDING', attempt: 1 } },
            recipient: { phoneNumber: '15555550142', userId: 'US.1' },
            window: { lastInboundAt: nine, refusedAt: null },
            attempt: 1,
            giveUpAt,
            refusals: 0,
          },
        ]);
        expect(await statusWith(opened.store, id)).toBe('SENDING');
        expect(await claimAll(opened.store, nine + 20)).toEqual([]);
      });

      it('hands each message to one of many that ask at once', async () => {
        await Promise.all(
          Array.from({ length: 20 }, (_, n) =>
            send(opened.store, { to: { phoneNumber: `4477009001${String(10 + n)}` } }),
          ),
        );
        const claims = await Promise.all(
          Array.from({ length: 10 }, () =>
            opened.store.outbox.claim({ now: nine, leaseMs: 30_000, limit: 3, pacing: unpaced }),
          ),
        );
        const ids = claims.flat().map(({ message }) => message.id);
        expect(ids).toHaveLength(20);
        expect(new Set(ids).size).toBe(20);
      });

      it('takes no more than it is asked for', async () => {
        await send(opened.store);
        await send(opened.store, { to: tomsNumber });
        const claim = { now: nine, leaseMs: 30_000, limit: 1, pacing: unpaced };
        expect(await opened.store.outbox.claim(claim)).toHaveLength(1);
        expect(await opened.store.outbox.claim({ ...claim, limit: 0 })).toEqual([]);
        expect(await opened.store.outbox.claim(claim)).toHaveLength(1);
      });

      it('notes when it was accepted, and as what', async () => {
        const id = await send(opened.store);
        await claimAll(opened.store);
        expect(await accept(id, 'w1')).toBe('WRITTEN');
        expect(await messageWith(opened.store, id)).toMatchObject({
          wamid: 'w1',
          delivery: { stage: 'ACCEPTED', sentAt: nine, attempt: 1 },
        });
        await opened.reopen();
        expect(await claimAll(opened.store)).toEqual([]);
        expect(await statusWith(opened.store, id)).toBe('SENT');
      });

      it('gives every business number its share', async () => {
        for (let n = 0; n < 8; n++) {
          await send(opened.store, { to: { phoneNumber: `4477009001${String(10 + n)}` } });
        }
        const phoneNumberId = secondBusiness.phoneNumberId;
        await send(opened.store, { phoneNumberId, queue: { now: nine + 1, giveUpAt } });
        const claims = await opened.store.outbox.claim({
          now: nine + 1,
          leaseMs: 30_000,
          limit: 4,
          pacing: unpaced,
        });
        expect(claims).toHaveLength(4);
        expect(claims.map(({ message }) => message.phoneNumberId)).toContain(phoneNumberId);
      });

      it('keeps the order to one person; other people do not wait', async () => {
        const first = await send(opened.store);
        const second = await send(opened.store);
        const toTom = await send(opened.store, { to: tomsNumber });
        expect((await claimedIds()).sort()).toEqual([first, toTom].sort());
        await accept(toTom, 'w3');
        expect(await claimedIds()).toEqual([]);
        await accept(first, 'w1');
        expect(await claimedIds()).toEqual([second]);
      });

      it('knows one person at two business numbers as two lines', async () => {
        await send(opened.store);
        await send(opened.store, { phoneNumberId: secondBusiness.phoneNumberId });
        expect(await claimedIds()).toHaveLength(2);
      });

      it.each([
        ['FAILED', { kind: 'FAILED', at: nine, failure: failureOf(131_026) }],
        ['UNKNOWN', { kind: 'UNKNOWN', at: nine, failure: failureOf(null) }],
      ] as const)('goes on with the next one after one that is %s', async (state, outcome) => {
        const first = await send(opened.store);
        const second = await send(opened.store);
        await claimAll(opened.store);
        expect(await settle(first, 1, outcome)).toBe('WRITTEN');
        expect(await statusWith(opened.store, first)).toBe(state);
        expect((await messageWith(opened.store, first)).delivery.failure).toEqual(outcome.failure);
        expect(await claimedIds()).toEqual([second]);
      });

      it('keeps the line waiting for a message that is tried again', async () => {
        const first = await send(opened.store);
        const second = await send(opened.store);
        await claimAll(opened.store);
        const retry = {
          kind: 'RETRY',
          at: nine,
          dueAt: nine + 4_000,
          failure: failureOf(130_429),
        } as const;
        expect(await settle(first, 1, retry)).toBe('WRITTEN');
        expect(await statusWith(opened.store, first)).toBe('QUEUED');
        expect(await claimedIds(nine + 3_999)).toEqual([]);
        expect(await opened.store.outbox.nextDueAt()).toBe(nine + 4_000);
        const [claim] = await claimAll(opened.store, nine + 4_000);
        expect(claim).toMatchObject({ message: { id: first }, attempt: 2, refusals: 1 });
        await accept(first, 'w1', 2);
        expect(await claimedIds(nine + 4_000)).toEqual([second]);
      });

      it('does not count a release as a refusal', async () => {
        const id = await send(opened.store);
        await claimAll(opened.store);
        await settle(id, 1, {
          kind: 'RELEASE',
          at: nine,
          dueAt: nine + 30_000,
          failure: failureOf(190),
        });
        expect(await claimAll(opened.store, nine + 30_000)).toMatchObject([
          { attempt: 2, refusals: 0 },
        ]);
      });

      it('closes the window of a conversation that WhatsApp refuses for it', async () => {
        const id = await send(opened.store);
        await claimAll(opened.store);
        await settle(id, 1, { kind: 'FAILED', at: nine + 5, failure: failureOf(131_047) });
        expect((await chatWith(opened.store, '15555550142')).window.refusedAt).toBe(nine + 5);
      });

      it('does not take the word of one who lost the lease', async () => {
        const id = await send(opened.store);
        await claimAll(opened.store);
        await settle(id, 1, { kind: 'RETRY', at: nine, dueAt: nine, failure: failureOf(1) });
        await claimAll(opened.store);
        for (const kind of ['FAILED', 'UNKNOWN'] as const) {
          expect(await settle(id, 1, { kind, at: nine, failure: failureOf(1) })).toBe('LOST');
        }
        expect(await accept(id, 'w1', 1)).toBe('LOST');
        expect(await settle(id, 3, { kind: 'FAILED', at: nine, failure: failureOf(1) })).toBe(
          'LOST',
        );
        expect(await messageWith(opened.store, id)).toMatchObject({
          wamid: null,
          delivery: { stage: 'SENDING', attempt: 2 },
        });
      });

      it('takes an acceptance that comes after the lease ran out: it is a fact', async () => {
        const id = await send(opened.store);
        await claimAll(opened.store);
        await opened.store.outbox.expireLeases(nine + 30_000);
        expect(await statusWith(opened.store, id)).toBe('UNKNOWN');
        expect(await accept(id, 'w1')).toBe('WRITTEN');
        expect(await statusWith(opened.store, id)).toBe('SENT');
      });

      it('keeps what a status said before the call came back', async () => {
        const id = await send(opened.store);
        await claimAll(opened.store);
        await deliver(
          opened.store,
          status('w1', 'DELIVERED', { attemptOf: { messageId: id, attempt: 1 } }),
        );
        expect(await settle(id, 1, { kind: 'UNKNOWN', at: nine, failure: failureOf(null) })).toBe(
          'KNOWN',
        );
        expect(await accept(id, 'w1')).toBe('WRITTEN');
        expect(statusOf((await messageWith(opened.store, id)).delivery)).toBe('DELIVERED');
      });

      it('makes what was being sent when everything stopped UNKNOWN, and goes on', async () => {
        const id = await send(opened.store);
        const next = await send(opened.store);
        await claimAll(opened.store);
        await opened.reopen();
        expect(await opened.store.outbox.expireLeases(nine + 29_999)).toBe(0);
        expect(await opened.store.outbox.expireLeases(nine + 30_000)).toBe(1);
        expect(await opened.store.outbox.expireLeases(nine + 30_000)).toBe(0);
        expect(await statusWith(opened.store, id)).toBe('UNKNOWN');
        expect(await claimedIds(nine + 30_000)).toEqual([next]);
      });

      it('says how much waits and how much went wrong', async () => {
        const { store } = opened;
        const empty = { queued: 0, oldestQueuedAt: null, failed: 0, unknown: 0 };
        expect(await store.outbox.summary(0)).toEqual(empty);
        expect(await store.outbox.nextDueAt()).toBe(null);
        await send(store);
        await send(store, { to: tomsNumber, queue: { now: nine + 50, giveUpAt } });
        expect(await store.outbox.summary(0)).toEqual({
          ...empty,
          queued: 2,
          oldestQueuedAt: nine,
        });
        expect(await store.outbox.nextDueAt()).toBe(nine);
        const [claim] = await claimAll(store);
        expect(await store.outbox.summary(0)).toMatchObject({ queued: 2 });
        await settle(claim!.message.id, 1, { kind: 'UNKNOWN', at: nine, failure: failureOf(null) });
        expect(await store.outbox.summary(0)).toEqual({
          queued: 1,
          oldestQueuedAt: nine + 50,
          failed: 0,
          unknown: 1,
        });
      });

      it('joins the lines of two who turn out to be one person', async () => {
        const { store } = opened;
        const toNumber = await send(store);
        await deliver(store, inbound('w1', { from: person({ userId: 'US.1' }) }));
        const page = await store.conversations.page({ page: { first: 5 }, filter: { search: [] } });
        const byUserId = page.items.find(({ contact }) => contact.userId === 'US.1');
        const toUserId = await send(store, { to: { conversationId: byUserId!.id } });
        const both = person({ phoneNumber: '15555550142', userId: 'US.1' });
        await deliver(store, inbound('w2', { from: both }));
        expect(await claimedIds()).toEqual([toNumber]);
        await accept(toNumber, 'w3');
        expect(await claimedIds()).toEqual([toUserId]);
      });
    });

    describe('pacing', () => {
      const pairPacing: Pacing = { ...unpaced, perPair: { intervalMs: 6_000, burst: 2 } };
      const numberPacing: Pacing = { ...unpaced, perNumber: { intervalMs: 1_000, burst: 3 } };

      /** Sends whatever is handed over at once, at this time. */
      async function drain(now: number, pacing: Pacing): Promise<number> {
        for (let count = 0; ; count++) {
          const [claim] = await opened.store.outbox.claim({
            now,
            leaseMs: 30_000,
            limit: 1,
            pacing,
          });
          if (claim === undefined) return count;
          await settle(claim.message.id, claim.attempt, {
            kind: 'ACCEPTED',
            at: now,
            wamid: claim.message.id,
          });
        }
      }

      it('lets a burst go to one person, then one at a time', async () => {
        for (let n = 0; n < 5; n++) await send(opened.store);
        expect(await drain(nine, pairPacing)).toBe(2);
        expect(await opened.store.outbox.nextDueAt()).toBe(nine + 6_000);
        expect(await drain(nine + 5_999, pairPacing)).toBe(0);
        expect(await drain(nine + 6_000, pairPacing)).toBe(1);
        await opened.reopen();
        expect(await drain(nine + 6_001, pairPacing)).toBe(0);
        expect(await drain(nine + 18_000, pairPacing)).toBe(2);
      });

      it('holds nobody else up for one person’s pace', async () => {
        for (let n = 0; n < 3; n++) await send(opened.store);
        expect(await drain(nine, pairPacing)).toBe(2);
        await send(opened.store, { to: tomsNumber });
        expect(await drain(nine + 1, pairPacing)).toBe(1);
      });

      it('keeps the pace of a business number over all its people', async () => {
        for (let n = 0; n < 6; n++)
          await send(opened.store, { to: { phoneNumber: `44770090011${String(n)}` } });
        await send(opened.store, { phoneNumberId: secondBusiness.phoneNumberId });
        const claim = (now: number) =>
          opened.store.outbox.claim({ now, leaseMs: 30_000, limit: 100, pacing: numberPacing });
        expect(await claim(nine)).toHaveLength(4);
        expect(await opened.store.outbox.nextDueAt()).toBe(nine + 1_000);
        expect(await claim(nine + 999)).toEqual([]);
        expect(await claim(nine + 1_000)).toHaveLength(1);
        await opened.reopen();
        expect(await claim(nine + 1_001)).toEqual([]);
        expect(await claim(nine + 10_000)).toHaveLength(2);
      });
    });
  });
}
