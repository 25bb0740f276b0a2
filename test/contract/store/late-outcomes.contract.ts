import type { MessageId } from '../../../api/ids.ts';
import { claimAll, deliver, failureOf, nine, send, status } from './deliveries.ts';
import { chatWith, messageWith, statusWith } from './reading.ts';
import type { OpenStore, StoreUnderTest } from './store-under-test.ts';

const giveUpAt = nine + 86_400_000;

/** What is told of an attempt whose lease has run out. */
export function describeLateOutcomes(open: OpenStore): void {
  describe('an outcome that is told after the lease ran out', () => {
    let opened: StoreUnderTest;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    const accept = (messageId: MessageId, wamid: string, attempt = 1) =>
      opened.store.outbox.settle({ messageId, attempt }, { kind: 'ACCEPTED', at: nine, wamid });
    const claimedIds = async (now: number) =>
      (await claimAll(opened.store, now)).map(({ message }) => message.id);
    const terms = { giveUpAt, refusals: 2 };
    const refusals = {
      RETRY: { kind: 'RETRY', at: nine + 1, dueAt: nine + 60_000, failure: failureOf(4) },
      RELEASE: { kind: 'RELEASE', at: nine + 1, dueAt: nine + 60_000, failure: failureOf(190) },
      FAILED: { kind: 'FAILED', at: nine + 1, failure: failureOf(131_047) },
    } as const;
    const kinds = Object.keys(refusals) as (keyof typeof refusals)[];
    const tell = (messageId: MessageId, kind: keyof typeof refusals) =>
      opened.store.outbox.settle({ messageId, attempt: 1, terms }, refusals[kind]);

    /** UNKNOWN for want of anybody who told. */
    async function cutOff(): Promise<MessageId> {
      const id = await send(opened.store);
      await claimAll(opened.store);
      await opened.store.outbox.expireLeases(nine + 30_000);
      return id;
    }

    it('fails what was refused for good, and heeds what that says of the window', async () => {
      const id = await cutOff();
      expect(await tell(id, 'FAILED')).toBe('WRITTEN');
      expect((await messageWith(opened.store, id)).delivery).toMatchObject({
        stage: 'FAILED',
        failedAt: nine + 1,
        failure: failureOf(131_047),
      });
      expect((await chatWith(opened.store, '15555550142')).window.refusedAt).toBe(nine + 1);
    });

    it.each([
      ['RETRY', 3],
      ['RELEASE', 2],
    ] as const)('puts what is to be tried again back into its line: %s', async (kind, count) => {
      const id = await cutOff();
      expect(await tell(id, kind)).toBe('WRITTEN');
      expect((await messageWith(opened.store, id)).delivery).toMatchObject({
        stage: 'QUEUED',
        failure: null,
      });
      expect(await opened.store.outbox.summary(0)).toMatchObject({ queued: 1, unknown: 0 });
      expect(await opened.store.outbox.nextDueAt()).toBe(nine + 60_000);
      expect(await claimAll(opened.store, nine + 59_999)).toEqual([]);
      expect(await claimAll(opened.store, nine + 60_000)).toMatchObject([
        { message: { id }, attempt: 2, refusals: count, giveUpAt },
      ]);
    });

    it('puts it back before those who came after it, behind the one that is being sent', async () => {
      const { store } = opened;
      const first = await send(store);
      const [second, third] = [await send(store), await send(store)];
      await claimAll(store);
      await store.outbox.expireLeases(nine + 30_000);
      expect(await claimedIds(nine + 30_000)).toEqual([second]);
      await tell(first, 'RETRY');
      expect(await claimedIds(nine + 60_000)).toEqual([]);
      await accept(second, 'w2');
      expect(await claimedIds(nine + 60_000)).toEqual([first]);
      await accept(first, 'w1', 2);
      expect(await claimedIds(nine + 60_000)).toEqual([third]);
    });

    it('leaves it where nobody says on what terms it waits', async () => {
      const id = await cutOff();
      expect(await opened.store.outbox.settle({ messageId: id, attempt: 1 }, refusals.RETRY)).toBe(
        'LOST',
      );
      expect(await statusWith(opened.store, id)).toBe('UNKNOWN');
    });

    it('learns nothing from an outcome that is unknown as well', async () => {
      const id = await cutOff();
      const { failure } = (await messageWith(opened.store, id)).delivery;
      const unknown = { kind: 'UNKNOWN', at: nine + 1, failure: failureOf(null) } as const;
      expect(await opened.store.outbox.settle({ messageId: id, attempt: 1, terms }, unknown)).toBe(
        'LOST',
      );
      expect((await messageWith(opened.store, id)).delivery.failure).toEqual(failure);
    });

    it.each(kinds)('does not let %s replace an answer that left it open', async (kind) => {
      const id = await send(opened.store);
      await claimAll(opened.store);
      const unknown = { kind: 'UNKNOWN', at: nine, failure: failureOf(null) } as const;
      await opened.store.outbox.settle({ messageId: id, attempt: 1 }, unknown);
      expect(await tell(id, kind)).toBe('LOST');
      expect(await statusWith(opened.store, id)).toBe('UNKNOWN');
    });

    it.each(kinds)('does not let %s replace what a status said', async (kind) => {
      const id = await cutOff();
      const attemptOf = { messageId: id, attempt: 1 };
      await deliver(opened.store, status('w1', 'DELIVERED', { attemptOf }));
      expect(await tell(id, kind)).toBe('KNOWN');
      expect(await statusWith(opened.store, id)).toBe('DELIVERED');
    });

    it.each(kinds)('does not let %s end what a person has sent again', async (kind) => {
      const id = await cutOff();
      await opened.store.messages.requeue(id, { now: nine + 30_000, giveUpAt });
      expect(await tell(id, kind)).toBe('LOST');
      expect(await statusWith(opened.store, id)).toBe('QUEUED');
      expect(await claimedIds(nine + 30_000)).toEqual([id]);
      expect(await tell(id, kind)).toBe('LOST');
      expect(await statusWith(opened.store, id)).toBe('SENDING');
    });
  });
}
