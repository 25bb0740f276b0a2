import { trustedId } from '../../../api/ids.ts';
import {
  claimAll,
  deliver,
  failureOf,
  inbound,
  nine,
  outbound,
  secondBusiness,
  send,
  status,
  text,
} from './deliveries.ts';
import { allChats, chatWith, messageOf, messageWith, statusWith } from './reading.ts';
import type { OpenStore, StoreUnderTest } from './store-under-test.ts';

const later = nine + 1_000;

export function describeSends(open: OpenStore): void {
  describe('sends', () => {
    let opened: StoreUnderTest;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    describe('sending', () => {
      it('makes a conversation with a number that has never written', async () => {
        const { store } = opened;
        const result = await store.messages.enqueue(outbound());
        expect(result).toMatchObject({
          kind: 'created',
          message: {
            direction: 'OUTBOUND',
            wamid: null,
            content: text('Hello from us'),
            timestamp: nine,
            delivery: { stage: 'QUEUED', attempt: 0 },
            isSeen: false,
          },
        });
        const chat = await chatWith(store, '15555550142');
        expect(chat).toMatchObject({
          unreadCount: 0,
          contact: { phoneNumber: '15555550142' },
          lastActivityAt: nine,
          window: { lastInboundAt: null, refusedAt: null },
        });
      });

      it('goes into the conversation that is there, from its own number', async () => {
        const { store } = opened;
        await deliver(store, inbound('w1', { business: secondBusiness }));
        const [chat] = await allChats(store);
        const id = await send(store, { to: { conversationId: chat!.id } });
        expect(await messageWith(store, id)).toMatchObject({
          conversationId: chat!.id,
          phoneNumberId: secondBusiness.phoneNumberId,
        });
      });

      it('says so when there is no such conversation', async () => {
        const to = { conversationId: trustedId('cnv', 'cnv_01ARZ3NDEKTSV4RRFFQ69G5FAV') };
        expect(await opened.store.messages.enqueue(outbound({ to }))).toEqual({
          kind: 'not-found',
        });
      });

      it('gives the same message back for the same key, once stored', async () => {
        const { store } = opened;
        const keyed = outbound({ clientMessageId: 'k1' });
        const results = await Promise.all(
          Array.from({ length: 20 }, () => store.messages.enqueue(keyed)),
        );
        expect(results.filter(({ kind }) => kind === 'created')).toHaveLength(1);
        expect(results.filter(({ kind }) => kind === 'existing')).toHaveLength(19);
        await opened.reopen();
        const again = await opened.store.messages.enqueue(keyed);
        expect(again).toMatchObject({ kind: 'existing', message: { clientMessageId: 'k1' } });
        expect(await claimAll(opened.store)).toHaveLength(1);
      });

      it('gives it back by its number as well as by its conversation', async () => {
        const { store } = opened;
        await send(store, { clientMessageId: 'k1' });
        const { id } = await chatWith(store, '15555550142');
        const to = { conversationId: id };
        expect(await store.messages.enqueue(outbound({ clientMessageId: 'k1', to }))).toMatchObject(
          {
            kind: 'existing',
          },
        );
      });

      it.each([
        ['text', { content: text('Something else') }],
        ['recipient', { to: { phoneNumber: '447700900123' } }],
        ['quoted message', { replyToWamid: 'w9' }],
      ])('refuses the same key with another %s', async (_, other) => {
        const { store } = opened;
        const id = await send(store, { clientMessageId: 'k1' });
        const result = await store.messages.enqueue(outbound({ clientMessageId: 'k1', ...other }));
        expect(result).toMatchObject({ kind: 'conflict', message: { id } });
      });

      it('knows the keys of one sender from those of another', async () => {
        const { store } = opened;
        await send(store, { clientMessageId: 'k1' });
        await send(store, { clientMessageId: 'k1', sender: 'somebody else' });
        expect(await store.messages.byClientMessageId('owner', 'k1')).toMatchObject({
          clientMessageId: 'k1',
        });
        expect(await store.messages.byClientMessageId('owner', 'k2')).toBe(null);
      });

      it('refuses when somebody wrote meanwhile', async () => {
        const { store } = opened;
        await deliver(store, inbound('w1'), inbound('w2'));
        const seen = (await messageOf(store, 'w1')).id;
        const last = (await messageOf(store, 'w2')).id;
        expect(
          await store.messages.enqueue(outbound({ expectedLastMessageId: seen })),
        ).toMatchObject({
          kind: 'stale',
          lastMessage: { id: last },
        });
        expect(
          await store.messages.enqueue(outbound({ expectedLastMessageId: last })),
        ).toMatchObject({
          kind: 'created',
        });
      });

      it('does not mind a message that came late with an older time', async () => {
        const { store } = opened;
        await deliver(store, inbound('w2', { timestamp: later }));
        const seen = (await messageOf(store, 'w2')).id;
        await deliver(store, inbound('w1', { timestamp: nine }));
        expect(
          await store.messages.enqueue(outbound({ expectedLastMessageId: seen })),
        ).toMatchObject({
          kind: 'created',
        });
      });
    });

    describe('sending again', () => {
      const terms = { now: later, giveUpAt: later + 60_000 };

      it.each([
        ['FAILED', { kind: 'FAILED', at: nine, failure: failureOf(1) }],
        ['UNKNOWN', { kind: 'UNKNOWN', at: nine, failure: failureOf(null) }],
      ] as const)('queues a message that is %s', async (_, settlement) => {
        const { store } = opened;
        const id = await send(store);
        await claimAll(store);
        await store.outbox.settle({ messageId: id, attempt: 1 }, settlement);
        expect(await store.messages.requeue(id, terms)).toMatchObject({
          kind: 'requeued',
          message: {
            id,
            delivery: { stage: 'QUEUED', failure: null, failedAt: null, sentAt: null },
          },
        });
        expect(await statusWith(store, id)).toBe('QUEUED');
        expect(await claimAll(store, later)).toMatchObject([
          { attempt: 2, refusals: 0, giveUpAt: later + 60_000, message: { id } },
        ]);
      });

      it('leaves every other message alone', async () => {
        const { store } = opened;
        const id = await send(store);
        expect(await store.messages.requeue(id, terms)).toMatchObject({ kind: 'not-retryable' });
        await claimAll(store);
        expect(await store.messages.requeue(id, terms)).toMatchObject({ kind: 'not-retryable' });
        await store.outbox.settle(
          { messageId: id, attempt: 1 },
          { kind: 'ACCEPTED', at: nine, wamid: 'w1' },
        );
        expect(await store.messages.requeue(id, terms)).toMatchObject({ kind: 'not-retryable' });
        await deliver(store, status('w1', 'FAILED'), status('w1', 'DELIVERED'), inbound('w2'));
        expect(await store.messages.requeue(id, terms)).toMatchObject({ kind: 'not-retryable' });
        const theirs = (await messageOf(store, 'w2')).id;
        expect(await store.messages.requeue(theirs, terms)).toMatchObject({
          kind: 'not-retryable',
        });
        const nobody = trustedId('msg', 'msg_01ARZ3NDEKTSV4RRFFQ69G5FAV');
        expect(await store.messages.requeue(nobody, terms)).toEqual({ kind: 'not-found' });
      });

      it('queues once when it is asked for twice at once', async () => {
        const { store } = opened;
        const id = await send(store);
        await claimAll(store);
        await store.outbox.settle(
          { messageId: id, attempt: 1 },
          { kind: 'FAILED', at: nine, failure: failureOf(1) },
        );
        const results = await Promise.all([
          store.messages.requeue(id, terms),
          store.messages.requeue(id, terms),
        ]);
        expect(results.map(({ kind }) => kind).sort()).toEqual(['not-retryable', 'requeued']);
        expect(await claimAll(store, later)).toHaveLength(1);
      });
    });
  });
}
