import { claimAll, deliver, failureOf, inbound, nine, send } from './deliveries.ts';
import { chatWith, statusWith } from './reading.ts';
import type { OpenStore, StoreUnderTest } from './store-under-test.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const eight = nine - hourMs;

/** What was stored before the clock went back would wait until it is that late again. */
export function describeClockSetBack(open: OpenStore): void {
  describe('a clock that was set back', () => {
    let opened: StoreUnderTest;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    const claimedIds = async (now: number) =>
      (await claimAll(opened.store, now)).map(({ message }) => message.id);

    it('holds up nothing that is queued', async () => {
      const { outbox } = opened.store;
      const ids = [await send(opened.store), await send(opened.store), await send(opened.store)];
      for (const [index, id] of ids.entries()) {
        expect(await claimedIds(eight + index)).toEqual([id]);
        const accepted = {
          kind: 'ACCEPTED',
          at: eight + index,
          wamid: `w${String(index)}`,
        } as const;
        await outbox.settle({ messageId: id, attempt: 1 }, accepted);
      }
      expect(await outbox.nextDueAt()).toBe(null);
    });

    it('holds up nothing that is to be tried again', async () => {
      const id = await send(opened.store);
      await claimAll(opened.store);
      const retry = { kind: 'RETRY', at: nine, dueAt: nine + 5 * minuteMs } as const;
      const failure = failureOf(130_429);
      await opened.store.outbox.settle({ messageId: id, attempt: 1 }, { ...retry, failure });
      expect(await claimedIds(eight)).toEqual([id]);
    });

    it('leaves alone the delay of what is refused after it', async () => {
      const id = await send(opened.store);
      expect(await claimedIds(eight)).toEqual([id]);
      const dueAt = eight + 20 * minuteMs;
      const failure = failureOf(130_429);
      const retry = { kind: 'RETRY', at: eight, dueAt, failure } as const;
      await opened.store.outbox.settle({ messageId: id, attempt: 1 }, retry);
      for (const at of [eight + 1, dueAt - 1]) expect(await claimedIds(at)).toEqual([]);
      expect(await claimedIds(dueAt)).toEqual([id]);
    });

    it('is not what makes somebody wait for long: WhatsApp may ask for hours', async () => {
      const id = await send(opened.store);
      const behind = await send(opened.store);
      await claimAll(opened.store);
      const retry = { kind: 'RETRY', at: nine, dueAt: nine + 20 * hourMs } as const;
      const failure = failureOf(130_429);
      await opened.store.outbox.settle({ messageId: id, attempt: 1 }, { ...retry, failure });
      // Nor is the clock of another process that is a little behind.
      for (const at of [nine - minuteMs / 2, nine, nine + hourMs, nine + 20 * hourMs - 1]) {
        expect(await claimedIds(at)).toEqual([]);
      }
      expect(await claimedIds(nine + 20 * hourMs)).toEqual([id]);
      expect(await statusWith(opened.store, behind)).toBe('QUEUED');
    });

    it('does not keep a lease for longer than one lasts, nor end the one of somebody who is sending', async () => {
      const { outbox } = opened.store;
      const id = await send(opened.store);
      const next = await send(opened.store);
      await claimAll(opened.store);
      expect(await outbox.expireLeases(eight)).toBe(0);
      expect(await outbox.expireLeases(eight + 29_999)).toBe(0);
      expect(await statusWith(opened.store, id)).toBe('SENDING');
      expect(await claimedIds(eight + 29_999)).toEqual([]);
      expect(await outbox.expireLeases(eight + 30_000)).toBe(1);
      expect(await statusWith(opened.store, id)).toBe('UNKNOWN');
      expect(await claimedIds(eight + 30_000)).toEqual([next]);
    });

    it('holds up no read receipt', async () => {
      const { outbox } = opened.store;
      const request = { leaseMs: 30_000, limit: 10 };
      await deliver(opened.store, inbound('w1'));
      const { id } = await chatWith(opened.store, '15555550142');
      await opened.store.conversations.markRead(id, null, nine);
      const [receipt] = await outbox.claimReceipts({ ...request, now: eight });
      expect(receipt).toMatchObject({ wamid: 'w1' });
      // As long as WhatsApp may put one off; another process is a little behind.
      await outbox.settleReceipt(receipt!, nine + 15 * minuteMs);
      expect(await outbox.claimReceipts({ ...request, now: nine - minuteMs / 2 })).toEqual([]);
      expect(await outbox.claimReceipts({ ...request, now: eight })).toMatchObject([
        { wamid: 'w1' },
      ]);
    });
  });
}
