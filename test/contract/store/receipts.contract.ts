import { deliver, inbound, nine, person } from './deliveries.ts';
import { chatWith } from './reading.ts';
import type { OpenStore, StoreUnderTest } from './store-under-test.ts';

export function describeReceipts(open: OpenStore): void {
  describe('read receipts', () => {
    let opened: StoreUnderTest;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    const request = { now: nine, leaseMs: 30_000, limit: 10 };
    const read = async () => {
      const { id } = await chatWith(opened.store, '15555550142');
      await opened.store.conversations.markRead(id, null, nine);
      return id;
    };

    it('are due for the newest message that was marked seen', async () => {
      await deliver(opened.store, inbound('w1'), inbound('w2', { timestamp: nine + 1_000 }));
      const conversationId = await read();
      expect(await opened.store.outbox.nextDueAt()).toBe(nine);
      const claimed = await opened.store.outbox.claimReceipts(request);
      expect(claimed).toEqual([
        { conversationId, phoneNumberId: '106540352242922', wamid: 'w2', attempt: 1 },
      ]);
      expect(await opened.store.outbox.claimReceipts(request)).toEqual([]);
      await opened.store.outbox.settleReceipt(claimed[0]!, null);
      expect(await opened.store.outbox.claimReceipts({ ...request, now: nine + 60_000 })).toEqual(
        [],
      );
      expect(await opened.store.outbox.nextDueAt()).toBe(null);
    });

    it('are not due where nothing was unseen', async () => {
      await deliver(opened.store, inbound('w1'));
      await read();
      const [receipt] = await opened.store.outbox.claimReceipts(request);
      await opened.store.outbox.settleReceipt(receipt!, null);
      await read();
      expect(await opened.store.outbox.claimReceipts(request)).toEqual([]);
    });

    it('are put off when they cannot be told, and survive a restart', async () => {
      await deliver(opened.store, inbound('w1'));
      await read();
      const [receipt] = await opened.store.outbox.claimReceipts(request);
      await opened.store.outbox.settleReceipt(receipt!, nine + 5_000);
      await opened.reopen();
      expect(await opened.store.outbox.claimReceipts({ ...request, now: nine + 4_999 })).toEqual(
        [],
      );
      expect(
        await opened.store.outbox.claimReceipts({ ...request, now: nine + 5_000 }),
      ).toMatchObject([{ wamid: 'w1', attempt: 2 }]);
    });

    it('are due again when the lease ran out', async () => {
      await deliver(opened.store, inbound('w1'));
      await read();
      await opened.store.outbox.claimReceipts(request);
      expect(
        await opened.store.outbox.claimReceipts({ ...request, now: nine + 30_000 }),
      ).toMatchObject([{ wamid: 'w1', attempt: 2 }]);
    });

    it('stay due for a newer message that was seen meanwhile', async () => {
      await deliver(opened.store, inbound('w1'));
      await read();
      const [receipt] = await opened.store.outbox.claimReceipts(request);
      await deliver(opened.store, inbound('w2', { timestamp: nine + 1_000 }));
      await read();
      await opened.store.outbox.settleReceipt(receipt!, null);
      expect(await opened.store.outbox.claimReceipts(request)).toMatchObject([{ wamid: 'w2' }]);
    });

    it('count the tries of the message that they are about, not of the one before it', async () => {
      const { outbox } = opened.store;
      await deliver(opened.store, inbound('w1'));
      await read();
      const [first] = await outbox.claimReceipts(request);
      await outbox.settleReceipt(first!, nine);
      const [again] = await outbox.claimReceipts(request);
      expect(again).toMatchObject({ wamid: 'w1', attempt: 2 });
      await deliver(opened.store, inbound('w2', { timestamp: nine + 1_000 }));
      await read();
      const [newer] = await outbox.claimReceipts(request);
      expect(newer).toMatchObject({ wamid: 'w2', attempt: 1 });
      // What becomes of the former one says nothing about this one.
      await outbox.settleReceipt(again!, null);
      await outbox.settleReceipt(newer!, nine + 5_000);
      expect(await outbox.nextDueAt()).toBe(nine + 5_000);
    });

    it('follow a conversation that is joined into another', async () => {
      const from = person({ userId: 'US.1' });
      await deliver(opened.store, inbound('w1'), inbound('w2', { from, timestamp: nine + 1_000 }));
      await read();
      const [older] = await opened.store.outbox.claimReceipts(request);
      await opened.store.outbox.settleReceipt(older!, nine);
      const page = await opened.store.conversations.page({ page: { first: 5 }, filter: {} });
      for (const { id } of page.items) await opened.store.conversations.markRead(id, null, nine);
      const both = person({ phoneNumber: '15555550142', userId: 'US.1' });
      await deliver(opened.store, inbound('w3', { from: both, timestamp: nine + 2_000 }));
      const claimed = await opened.store.outbox.claimReceipts(request);
      expect(claimed).toMatchObject([{ wamid: 'w2', attempt: 1 }]);
    });
  });
}
