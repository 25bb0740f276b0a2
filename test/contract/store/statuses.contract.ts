import { statusOf } from '../../../api/messages/delivery-status.ts';
import { dayMs } from '../../../api/clock.ts';
import {
  claimAll,
  deliver,
  echo,
  failureOf,
  inbound,
  nine,
  send,
  status,
  verdictsOf,
} from './deliveries.ts';
import { chatWith, messageOf, messageWith, statusWith } from './reading.ts';
import type { OpenStore, StoreUnderTest } from './store-under-test.ts';

const later = nine + 1_000;

export function describeStatuses(open: OpenStore): void {
  describe('statuses', () => {
    let opened: StoreUnderTest;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    /** A message of ours that WhatsApp accepted as `wamid`. */
    async function accepted(wamid: string) {
      const id = await send(opened.store);
      const [claim] = await claimAll(opened.store);
      const { attempt } = claim!;
      await opened.store.outbox.settle(
        { messageId: id, attempt },
        { kind: 'ACCEPTED', at: nine, wamid },
      );
      return id;
    }

    it('rise, and keep each time', async () => {
      const id = await accepted('w1');
      await deliver(opened.store, status('w1', 'DELIVERED', { at: nine + 2_000 }));
      expect(await statusWith(opened.store, id)).toBe('DELIVERED');
      await deliver(opened.store, status('w1', 'READ', { at: nine + 3_000 }));
      expect((await messageWith(opened.store, id)).delivery).toMatchObject({
        sentAt: nine,
        deliveredAt: nine + 2_000,
        readAt: nine + 3_000,
      });
    });

    it('never fall', async () => {
      const id = await accepted('w1');
      await deliver(
        opened.store,
        status('w1', 'READ'),
        status('w1', 'DELIVERED'),
        status('w1', 'SENT'),
      );
      expect(await statusWith(opened.store, id)).toBe('READ');
    });

    it('are REPEATED when they say nothing new', async () => {
      await accepted('w1');
      expect(
        await verdictsOf(deliver(opened.store, status('w1', 'READ'), status('w1', 'READ'))),
      ).toEqual(['APPLIED', 'REPEATED']);
    });

    it('fail a message with the reason that WhatsApp gives', async () => {
      const id = await accepted('w1');
      await deliver(opened.store, status('w1', 'FAILED', { code: 131_026, at: later }));
      expect(await statusWith(opened.store, id)).toBe('FAILED');
      expect((await messageWith(opened.store, id)).delivery).toMatchObject({
        failedAt: later,
        failure: failureOf(131_026),
      });
      expect(await opened.store.outbox.summary(nine)).toMatchObject({ failed: 1 });
      expect(await opened.store.outbox.summary(later + 1)).toMatchObject({ failed: 0 });
    });

    it('know a failure of one device from a failed message', async () => {
      const id = await accepted('w1');
      await deliver(opened.store, status('w1', 'FAILED'), status('w1', 'DELIVERED'));
      expect(await statusWith(opened.store, id)).toBe('DELIVERED');
      expect(await opened.store.outbox.summary(nine)).toMatchObject({ failed: 0 });
    });

    it('close the window when WhatsApp says that it is closed', async () => {
      await deliver(opened.store, inbound('w0'));
      await accepted('w1');
      await deliver(opened.store, status('w1', 'FAILED', { code: 131_047, at: later }));
      const chat = await chatWith(opened.store, '15555550142');
      expect(chat.window).toEqual({ lastInboundAt: nine, refusedAt: later });
    });

    it('wait for their message when they come first', async () => {
      const { store } = opened;
      const id = await send(store);
      await claimAll(store);
      expect(
        await verdictsOf(deliver(store, status('w1', 'SENT'), status('w1', 'READ', { at: later }))),
      ).toEqual(['HELD', 'HELD']);
      expect(await statusWith(store, id)).toBe('SENDING');
      await store.outbox.settle(
        { messageId: id, attempt: 1 },
        { kind: 'ACCEPTED', at: nine, wamid: 'w1' },
      );
      expect(await statusWith(store, id)).toBe('READ');
    });

    it('wait across a restart, and for an echo as well', async () => {
      await deliver(opened.store, status('w1', 'DELIVERED', { at: later }));
      await opened.reopen();
      await deliver(opened.store, echo('w1'));
      expect(statusOf((await messageOf(opened.store, 'w1')).delivery)).toBe('DELIVERED');
    });

    it('wait for 30 days', async () => {
      const { store, clock } = opened;
      await deliver(store, status('w1', 'DELIVERED'));
      clock.advance(29 * dayMs);
      await deliver(store, status('w2', 'DELIVERED'));
      await store.journal.prune(0);
      await deliver(store, echo('w1'));
      expect(statusOf((await messageOf(store, 'w1')).delivery)).toBe('DELIVERED');
      clock.advance(30 * dayMs + 1);
      await store.journal.prune(0);
      await deliver(store, echo('w2'));
      expect(statusOf((await messageOf(store, 'w2')).delivery)).toBe('SENT');
    });

    it('do not cross business numbers', async () => {
      const id = await accepted('w1');
      const other = { phoneNumberId: 'other', displayPhoneNumber: null };
      expect(
        await verdictsOf(deliver(opened.store, status('w1', 'READ', { business: other }))),
      ).toEqual(['HELD']);
      expect(await statusWith(opened.store, id)).toBe('SENT');
    });

    it('leave what a customer wrote alone', async () => {
      await deliver(opened.store, inbound('w1'));
      expect(await verdictsOf(deliver(opened.store, status('w1', 'READ')))).toEqual(['KEPT']);
      expect(statusOf((await messageOf(opened.store, 'w1')).delivery)).toBe('RECEIVED');
    });

    describe('that echo the attempt', () => {
      it.each(['SENT', 'DELIVERED', 'READ', 'FAILED'] as const)(
        'settle an unknown outcome: %s',
        async (report) => {
          const { store } = opened;
          const id = await send(store);
          await claimAll(store);
          await store.outbox.settle(
            { messageId: id, attempt: 1 },
            { kind: 'UNKNOWN', at: nine, failure: failureOf(null) },
          );
          expect(await statusWith(store, id)).toBe('UNKNOWN');
          expect(await store.outbox.summary(0)).toMatchObject({ unknown: 1 });
          const attemptOf = { messageId: id, attempt: 1 };
          expect(await verdictsOf(deliver(store, status('w1', report, { attemptOf })))).toEqual([
            'APPLIED',
          ]);
          expect(await statusWith(store, id)).toBe(report);
          expect((await messageWith(store, id)).wamid).toBe('w1');
          expect(await store.outbox.summary(0)).toMatchObject({ unknown: 0, queued: 0 });
        },
      );

      it('bring the held ones along that came by id alone', async () => {
        const { store } = opened;
        const id = await send(store);
        await claimAll(store);
        await deliver(store, status('w1', 'READ', { at: later }));
        await deliver(store, status('w1', 'SENT', { attemptOf: { messageId: id, attempt: 1 } }));
        expect(await statusWith(store, id)).toBe('READ');
      });

      it('keep a message from being sent again that waits for its retry', async () => {
        const { store } = opened;
        const id = await send(store);
        await claimAll(store);
        await store.outbox.settle(
          { messageId: id, attempt: 1 },
          { kind: 'UNKNOWN', at: nine, failure: failureOf(null) },
        );
        await store.messages.requeue(id, { now: later, giveUpAt: later + dayMs });
        await deliver(store, status('w1', 'SENT', { attemptOf: { messageId: id, attempt: 1 } }));
        expect(await claimAll(store, later)).toEqual([]);
        expect(await statusWith(store, id)).toBe('SENT');
      });

      it('do not fail a later attempt for an earlier one', async () => {
        const { store } = opened;
        const id = await send(store);
        await claimAll(store);
        await store.outbox.settle(
          { messageId: id, attempt: 1 },
          { kind: 'UNKNOWN', at: nine, failure: failureOf(null) },
        );
        await store.messages.requeue(id, { now: later, giveUpAt: later + dayMs });
        const attemptOf = { messageId: id, attempt: 1 };
        await deliver(store, status('w1', 'FAILED', { attemptOf, at: later }));
        expect(await statusWith(store, id)).toBe('QUEUED');
        await claimAll(store, later);
        await deliver(store, status('w1', 'FAILED', { attemptOf, at: later + 1_000 }));
        expect(await statusWith(store, id)).toBe('SENDING');
        await store.outbox.settle(
          { messageId: id, attempt: 2 },
          { kind: 'ACCEPTED', at: later, wamid: 'w2' },
        );
        expect(await messageWith(store, id)).toMatchObject({ wamid: 'w2' });
        await deliver(store, status('w2', 'READ'));
        expect(await statusWith(store, id)).toBe('READ');
      });

      it('are held where they name an attempt that was never made', async () => {
        const { store } = opened;
        const id = await send(store);
        const attemptOf = { messageId: id, attempt: 1 };
        expect(await verdictsOf(deliver(store, status('w1', 'SENT', { attemptOf })))).toEqual([
          'HELD',
        ]);
        await deliver(store, inbound('w0'));
        const theirs = (await messageOf(store, 'w0')).id;
        const ofTheirs = { messageId: theirs, attempt: 0 };
        expect(
          await verdictsOf(deliver(store, status('w2', 'READ', { attemptOf: ofTheirs }))),
        ).toEqual(['HELD']);
        expect(await statusWith(store, id)).toBe('QUEUED');
      });
    });

    it('of an attempt before the present one still find their message', async () => {
      const { store } = opened;
      const id = await accepted('w1');
      await deliver(store, status('w1', 'FAILED', { at: later }));
      await store.messages.requeue(id, { now: later, giveUpAt: later + dayMs });
      expect(await statusWith(store, id)).toBe('QUEUED');
      await deliver(store, status('w1', 'FAILED', { at: later + 1_000 }));
      expect(await statusWith(store, id)).toBe('QUEUED');
      await deliver(store, status('w1', 'DELIVERED', { at: later + 2_000 }));
      expect(await statusWith(store, id)).toBe('DELIVERED');
      expect(await claimAll(store, later)).toEqual([]);
    });
  });
}
