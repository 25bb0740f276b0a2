import { comparePlaces, placeOf } from '../../../api/messages/chat-order.ts';
import { statusOf } from '../../../api/messages/delivery-status.ts';
import { trustedId } from '../../../api/ids.ts';
import {
  amara,
  business,
  claimAll,
  deliver,
  echo,
  inbound,
  nine,
  reaction,
  secondBusiness,
  send,
  status,
  text,
  tom,
  verdictsOf,
} from './deliveries.ts';
import { allChats, chatWith, messageOf, messagesIn, messageWith, textsIn } from './reading.ts';
import type { OpenStore, StoreUnderTest } from './store-under-test.ts';

const later = nine + 1_000;

export function describeMessages(open: OpenStore): void {
  describe('messages', () => {
    let opened: StoreUnderTest;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    describe('one message once', () => {
      it('files a message once, however often it is delivered', async () => {
        const { store } = opened;
        expect(await verdictsOf(deliver(store, inbound('w1'), inbound('w1')))).toEqual([
          'APPLIED',
          'REPEATED',
        ]);
        expect(await verdictsOf(deliver(store, inbound('w1', { from: tom })))).toEqual([
          'REPEATED',
        ]);
        await opened.reopen();
        expect(await verdictsOf(deliver(opened.store, inbound('w1')))).toEqual(['REPEATED']);
        const [chat, ...others] = await allChats(opened.store);
        expect(others).toEqual([]);
        expect(chat!.unreadCount).toBe(1);
      });

      it('files it once when many processes of Meta deliver it at the same time', async () => {
        const { store } = opened;
        const delivered = await Promise.all(
          Array.from({ length: 50 }, () =>
            verdictsOf(deliver(store, inbound('w1'), inbound('w2'))),
          ),
        );
        expect(delivered.flat().filter((result) => result === 'APPLIED')).toHaveLength(2);
        expect(await messagesIn(store, await chatWith(store, '15555550142'))).toHaveLength(2);
      });

      it('takes the same id at another business number for another message', async () => {
        const { store } = opened;
        const results = deliver(store, inbound('w1'), inbound('w1', { business: secondBusiness }));
        expect(await verdictsOf(results)).toEqual(['APPLIED', 'APPLIED']);
      });

      it('does not take an echo for a second message', async () => {
        const { store } = opened;
        expect(await verdictsOf(deliver(store, echo('w1'), echo('w1'), inbound('w1')))).toEqual([
          'APPLIED',
          'REPEATED',
          'REPEATED',
        ]);
      });

      it('keeps everything that came, whatever it holds', async () => {
        const { store } = opened;
        const odd = text(
          '\u0000 \ud800 "quotes" \'; DROP TABLE messages; -- \u202e 👍🏽'.repeat(2_000),
        );
        await deliver(store, inbound('w1', { content: odd, replyToWamid: 'w0' }));
        await opened.reopen();
        expect(await messageOf(opened.store, 'w1')).toMatchObject({
          content: odd,
          wamid: 'w1',
          direction: 'INBOUND',
          timestamp: nine,
          receivedAt: opened.clock.now(),
          replyToWamid: 'w0',
          clientMessageId: null,
          isSeen: false,
        });
      });

      it('keeps odd names, and numbers with leading zeros', async () => {
        const from = { ...amara, phoneNumber: '0015555550142', profileName: 'A\u0000m\ud800ara' };
        await deliver(opened.store, inbound('w1', { from }));
        const { contact } = await chatWith(opened.store, '0015555550142');
        expect(contact.profileName).toMatch(/^Am.?ara$/u);
      });
    });

    describe('order', () => {
      it('is by whole seconds of the time, then by arrival, whatever the direction', async () => {
        const { store } = opened;
        await deliver(store, inbound('w3', { timestamp: later }));
        await deliver(store, echo('w1', { timestamp: nine }), inbound('w2', { timestamp: nine }));
        await deliver(
          store,
          echo('w4', { timestamp: later + 500 }),
          inbound('w5', { timestamp: later }),
        );
        const chat = await chatWith(store, '15555550142');
        const messages = await messagesIn(store, chat);
        expect(messages.map(({ wamid }) => wamid)).toEqual(['w1', 'w2', 'w3', 'w4', 'w5']);
        const places = messages.map(({ timestamp, id }) => placeOf(timestamp, id));
        expect(places).toEqual([...places].sort(comparePlaces));
      });

      it('is the same over several conversations, and after a restart', async () => {
        await deliver(opened.store, inbound('w2', { timestamp: later, from: tom }));
        await deliver(opened.store, inbound('w1'), inbound('w3', { timestamp: later }));
        await opened.reopen();
        const page = await opened.store.messages.page({ page: { last: 10 } });
        expect(page.items.map(({ wamid }) => wamid)).toEqual(['w1', 'w2', 'w3']);
        const ids = (await allChats(opened.store)).map(({ id }) => id);
        const both = await opened.store.messages.page({ page: { last: 2 }, conversationIds: ids });
        expect(both.items.map(({ wamid }) => wamid)).toEqual(['w2', 'w3']);
        expect(both.hasPreviousPage).toBe(true);
      });

      it('gives ids that grow across a restart, also when the clock goes back', async () => {
        await deliver(opened.store, inbound('w1'));
        const newest = await opened.store.messages.newestId();
        opened.clock.advance(-3_600_000);
        await opened.reopen();
        await deliver(opened.store, inbound('w2'));
        const chat = await chatWith(opened.store, '15555550142');
        expect(await textsIn(opened.store, chat)).toEqual(['Text of w1', 'Text of w2']);
        expect((await messageOf(opened.store, 'w2')).id.slice(4) > newest!.slice(4)).toBe(true);
      });

      it('knows the newest id of all kinds', async () => {
        const { store } = opened;
        expect(await store.messages.newestId()).toBe(null);
        const entry = await deliver(store, { kind: 'keep', path: 'x', detail: 'y' });
        expect(await store.messages.newestId()).toBe(entry.id);
        await deliver(store, inbound('w1'));
        expect(await store.messages.newestId()).toBe((await messageOf(store, 'w1')).id);
      });

      it('takes times from the beginning of 1970 and from the far future', async () => {
        const { store } = opened;
        await deliver(
          store,
          inbound('w2', { timestamp: 9_999_999_999_000 }),
          inbound('w1', { timestamp: 0 }),
          inbound('w0', { timestamp: -5_000 }),
        );
        const chat = await chatWith(store, '15555550142');
        const messages = await messagesIn(store, chat);
        expect(messages.map(({ timestamp }) => timestamp).at(-1)).toBe(9_999_999_999_000);
        expect(messages).toHaveLength(3);
      });
    });

    describe('reactions', () => {
      const heart = inbound('r1', { content: reaction('w1', '❤️'), timestamp: later });

      it.each([
        ['after', [inbound('w1'), heart]],
        ['before', [heart, inbound('w1')]],
      ])('stand with their message when they come %s it', async (_, elements) => {
        const { store } = opened;
        await deliver(store, ...elements);
        const message = await messageOf(store, 'w1');
        expect((await store.messages.reactionsTo([message])).get(message.id)).toEqual([
          { emoji: '❤️', byCustomer: true, at: later },
        ]);
      });

      it('stand one for each side, the newest in the order of the chat', async () => {
        const { store } = opened;
        const newest = inbound('r2', { content: reaction('w1', '👍'), timestamp: later + 1_000 });
        const ours = echo('r3', { content: reaction('w1', '🎉'), timestamp: later });
        await deliver(store, inbound('w1'), newest, heart, ours);
        const message = await messageOf(store, 'w1');
        expect((await store.messages.reactionsTo([message])).get(message.id)).toEqual([
          { emoji: '👍', byCustomer: true, at: later + 1_000 },
          { emoji: '🎉', byCustomer: false, at: later },
        ]);
      });

      it('are gone when they are taken back', async () => {
        const { store } = opened;
        const back = inbound('r2', { content: reaction('w1', null), timestamp: later + 1_000 });
        await deliver(store, inbound('w1'), back, heart);
        const message = await messageOf(store, 'w1');
        expect((await store.messages.reactionsTo([message])).get(message.id) ?? []).toEqual([]);
      });

      it('do not reach the message of the same id at another business number', async () => {
        const { store } = opened;
        await deliver(store, inbound('w1', { business: secondBusiness }), heart);
        const found = await store.messages.byWamids(secondBusiness.phoneNumberId, ['w1']);
        const message = found.get('w1')!;
        expect((await store.messages.reactionsTo([message])).size).toBe(0);
      });

      it('stand with a message of ours from the moment that WhatsApp names it', async () => {
        const { store } = opened;
        const id = await send(store);
        await claimAll(store);
        await deliver(store, heart);
        await store.outbox.settle(
          { messageId: id, attempt: 1 },
          { kind: 'ACCEPTED', at: nine, wamid: 'w1' },
        );
        const message = await messageWith(store, id);
        expect((await store.messages.reactionsTo([message])).get(id)).toHaveLength(1);
      });
    });

    describe('looking up', () => {
      it('finds what is there and leaves out what is not', async () => {
        const { store } = opened;
        await deliver(store, inbound('w1'), inbound('w2'));
        const { id } = await messageOf(store, 'w1');
        const unknown = trustedId('msg', 'msg_01ARZ3NDEKTSV4RRFFQ69G5FAV');
        const found = await store.messages.byIds([id, unknown, id]);
        expect([...found.keys()]).toEqual([id]);
        const byWamids = await store.messages.byWamids(business.phoneNumberId, ['w1', 'w9', 'w2']);
        expect([...byWamids.keys()].sort()).toEqual(['w1', 'w2']);
        expect((await store.messages.byIds([])).size).toBe(0);
      });

      it('finds a message by the id of an earlier attempt', async () => {
        const { store } = opened;
        const id = await send(store);
        await claimAll(store);
        await store.outbox.settle(
          { messageId: id, attempt: 1 },
          { kind: 'ACCEPTED', at: nine, wamid: 'w1' },
        );
        await deliver(store, status('w1', 'FAILED'));
        await store.messages.requeue(id, { now: later, giveUpAt: later });
        await claimAll(store, later);
        await store.outbox.settle(
          { messageId: id, attempt: 2 },
          { kind: 'ACCEPTED', at: later, wamid: 'w2' },
        );
        const found = await store.messages.byWamids(business.phoneNumberId, ['w1', 'w2']);
        expect([...found.values()].map((message) => message.id)).toEqual([id, id]);
        expect(statusOf((await messageWith(store, id)).delivery)).toBe('SENT');
      });
    });
  });
}
