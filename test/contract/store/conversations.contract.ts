import { hourMs } from '../../../api/clock.ts';
import { trustedId } from '../../../api/ids.ts';
import { placeOf } from '../../../api/messages/chat-order.ts';
import { tokensOf } from '../../../api/search/tokens.ts';
import { serviceWindowAt } from '../../../api/conversations/service-window.ts';
import {
  amara,
  business,
  deliver,
  echo,
  inbound,
  kiri,
  lea,
  nine,
  notice,
  person,
  reaction,
  secondBusiness,
  send,
  tom,
} from './deliveries.ts';
import { allChats, chatWith, messageOf } from './reading.ts';
import type { OpenStore, StoreUnderTest } from './store-under-test.ts';

const later = nine + 1_000;

export function describeConversations(open: OpenStore): void {
  describe('conversations', () => {
    let opened: StoreUnderTest;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    const chat = () => chatWith(opened.store, '15555550142');

    describe('unread', () => {
      it('counts real messages of the customer that nobody has seen', async () => {
        await deliver(
          opened.store,
          inbound('w1'),
          inbound('w2'),
          echo('w3'),
          inbound('w4', { content: reaction('w3', '👍') }),
          inbound('w5', { content: notice('user_changed_number') }),
          inbound('w6', { content: notice('request_welcome') }),
        );
        expect((await chat()).unreadCount).toBe(2);
      });

      it('begins at the first one in the order of the chat', async () => {
        const { conversations } = opened.store;
        await deliver(
          opened.store,
          inbound('w1', { timestamp: later, content: notice('user_changed_number') }),
          inbound('w3', { timestamp: later + 2_000 }),
          inbound('w2', { timestamp: later + 1_000 }),
          inbound('w4', { from: tom }),
        );
        const { id } = await chat();
        const [second, third] = [
          await messageOf(opened.store, 'w2'),
          await messageOf(opened.store, 'w3'),
        ];
        expect(await conversations.firstUnread(id)).toEqual(second);
        await conversations.markRead(id, placeOf(second.timestamp, second.id), later);
        expect(await conversations.firstUnread(id)).toEqual(third);
        await conversations.markRead(id, null, later);
        expect(await conversations.firstUnread(id)).toBeNull();
        expect(
          await conversations.firstUnread(trustedId('cnv', 'cnv_01JD0000000000000000000009')),
        ).toBeNull();
      });

      it('is marked seen up to a place, wherever the rest lies', async () => {
        await deliver(opened.store, inbound('w1'), inbound('w2', { timestamp: later }));
        const { id, timestamp } = await messageOf(opened.store, 'w1');
        const { id: conversationId } = await chat();
        const marked = await opened.store.conversations.markRead(
          conversationId,
          placeOf(timestamp, id),
          later,
        );
        expect(marked).toMatchObject({ id: conversationId, unreadCount: 1 });
        expect((await messageOf(opened.store, 'w1')).isSeen).toBe(true);
        expect((await messageOf(opened.store, 'w2')).isSeen).toBe(false);
      });

      it('is marked seen up to a place whose message is not there', async () => {
        await deliver(opened.store, inbound('w1'), inbound('w2', { timestamp: later }));
        const place = { second: Math.floor(nine / 1_000), id: 'msg_7ZZZZZZZZZZZZZZZZZZZZZZZZZ' };
        expect(
          await opened.store.conversations.markRead((await chat()).id, place, later),
        ).toMatchObject({
          unreadCount: 1,
        });
      });

      it('counts a message that comes late with an older time than what was seen', async () => {
        await deliver(opened.store, inbound('w2', { timestamp: later }));
        await opened.store.conversations.markRead((await chat()).id, null, later);
        await deliver(opened.store, inbound('w1', { timestamp: nine }));
        expect((await chat()).unreadCount).toBe(1);
        await deliver(opened.store, inbound('w2', { timestamp: later }));
        expect((await chat()).unreadCount).toBe(1);
      });

      it('is exact after a restart, and after marking twice at once', async () => {
        await deliver(opened.store, inbound('w1'), inbound('w2'));
        const { id } = await chat();
        await Promise.all([
          opened.store.conversations.markRead(id, null, later),
          opened.store.conversations.markRead(id, null, later),
          deliver(opened.store, inbound('w3')),
        ]);
        await opened.reopen();
        const seen = (await messageOf(opened.store, 'w3')).isSeen;
        expect((await chat()).unreadCount).toBe(seen ? 0 : 1);
      });

      it('is marked in a chat with very many', async () => {
        for (let first = 0; first < 2_100; first += 50) {
          const some = Array.from({ length: 50 }, (_, n) => inbound(`w${String(first + n)}`));
          await deliver(opened.store, ...some);
        }
        const { id, unreadCount } = await chat();
        expect(unreadCount).toBe(2_100);
        expect(await opened.store.conversations.markRead(id, null, later)).toMatchObject({
          unreadCount: 0,
        });
        expect(await opened.store.conversations.totalUnread({})).toBe(0);
      });

      it('is nothing where there is no such conversation', async () => {
        const unknown = trustedId('cnv', 'cnv_01ARZ3NDEKTSV4RRFFQ69G5FAV');
        expect(await opened.store.conversations.markRead(unknown, null, nine)).toBe(null);
      });

      it('is summed up over conversations', async () => {
        const { store } = opened;
        await deliver(
          store,
          inbound('w1'),
          inbound('w2'),
          inbound('w3', { from: tom }),
          echo('w4', { to: lea }),
        );
        expect(await store.conversations.totalUnread({})).toBe(3);
        expect(await store.conversations.totalUnread({ unreadOnly: true })).toBe(3);
        expect(await store.conversations.totalUnread({ search: ['tom'] })).toBe(1);
        await store.conversations.markRead((await chat()).id, null, nine);
        expect(await store.conversations.totalUnread({})).toBe(1);
      });
    });

    describe('the list', () => {
      it('is by the time of the last message, newest first', async () => {
        await deliver(
          opened.store,
          inbound('w1', { from: amara, timestamp: nine }),
          inbound('w2', { from: tom, timestamp: nine + 2_000 }),
          inbound('w3', { from: lea, timestamp: nine + 1_000 }),
        );
        const names = (await allChats(opened.store)).map(({ contact }) => contact.profileName);
        expect(names).toEqual(['Tom Aldridge', 'Léa Fontaine', 'Amara Okafor']);
      });

      it('moves a conversation up for reactions, notices and what we send', async () => {
        await deliver(opened.store, inbound('w1'), inbound('w2', { from: tom, timestamp: later }));
        const first = async () => (await allChats(opened.store))[0]!.contact.profileName;
        await deliver(
          opened.store,
          inbound('w3', { content: reaction('w1', '👍'), timestamp: nine + 2_000 }),
        );
        expect(await first()).toBe('Amara Okafor');
        await deliver(
          opened.store,
          inbound('w4', { from: tom, content: notice('revoke'), timestamp: nine + 3_000 }),
        );
        expect(await first()).toBe('Tom Aldridge');
        await send(opened.store, { queue: { now: nine + 4_000, giveUpAt: nine + hourMs } });
        expect(await first()).toBe('Amara Okafor');
      });

      it('does not move for a message that comes late with an older time', async () => {
        await deliver(opened.store, inbound('w2', { timestamp: later }));
        const before = await chat();
        await deliver(opened.store, inbound('w1', { timestamp: nine }));
        expect(await chat()).toEqual({ ...before, unreadCount: 2 });
      });

      it('shows those with something unread alone when asked to', async () => {
        await deliver(opened.store, inbound('w1'), inbound('w2', { from: tom }));
        await opened.store.conversations.markRead((await chat()).id, null, nine);
        const page = await opened.store.conversations.page({
          page: { first: 10 },
          filter: { unreadOnly: true },
        });
        expect(page.items.map(({ contact }) => contact.profileName)).toEqual(['Tom Aldridge']);
      });
    });

    describe('the search for people', () => {
      beforeEach(() =>
        deliver(
          opened.store,
          inbound('w1', { from: { ...amara, username: 'amara.writes' } }),
          inbound('w2', { from: tom, timestamp: nine + 1_000 }),
          inbound('w3', { from: lea, timestamp: nine + 2_000 }),
          inbound('w4', { from: kiri, timestamp: nine + 3_000 }),
          inbound('w5', {
            from: person({ userId: 'US.1', profileName: 'Thomas Okonkwo' }),
            timestamp: nine + 4_000,
          }),
        ),
      );

      it.each([
        ['ok', ['Thomas Okonkwo', 'Amara Okafor']],
        ['t', ['Thomas Okonkwo', 'Tom Aldridge']],
        ['tom', ['Tom Aldridge']],
        ['LEA', ['Léa Fontaine']],
        ['fontaine lé', ['Léa Fontaine']],
        ['ok am', ['Amara Okafor']],
        ['writes', ['Amara Okafor']],
        ['+447700', ['Tom Aldridge']],
        ['447700900123', ['Tom Aldridge']],
        ['7700900123', ['Tom Aldridge']],
        ['7700', ['Tom Aldridge']],
        ['900 123', ['Tom Aldridge']],
        ['7701', []],
        ['ldridge', []],
        ['tom okafor', []],
      ])('finds by %j: %j', async (text, names) => {
        const filter = { search: tokensOf(text) };
        const page = await opened.store.conversations.page({ page: { first: 10 }, filter });
        expect(page.items.map(({ contact }) => contact.profileName)).toEqual(names);
        expect(await opened.store.conversations.totalUnread(filter)).toBe(names.length);
      });

      it('finds by a former number, and no longer by a former name', async () => {
        const { store } = opened;
        const changedTo = person({ phoneNumber: '447700900999' });
        await deliver(
          store,
          inbound('w6', {
            from: tom,
            changedTo,
            content: notice('user_changed_number'),
            timestamp: nine + 5_000,
          }),
          inbound('w7', { from: { ...changedTo, profileName: 'Tommy' }, timestamp: nine + 6_000 }),
        );
        const found = async (search: string) =>
          (await store.conversations.page({ page: { first: 5 }, filter: { search: [search] } }))
            .items.length;
        expect(await found('447700900123')).toBe(1);
        expect(await found('447700900999')).toBe(1);
        expect(await found('tommy')).toBe(1);
        expect(await found('aldridge')).toBe(0);
      });

      it('goes together with unread ones', async () => {
        const { store } = opened;
        const tomsChat = await chatWith(store, '447700900123');
        await store.conversations.markRead(tomsChat.id, null, nine);
        const filter = { search: ['t'], unreadOnly: true };
        const page = await store.conversations.page({ page: { first: 10 }, filter });
        expect(page.items.map(({ contact }) => contact.profileName)).toEqual(['Thomas Okonkwo']);
      });

      it('takes text for data', async () => {
        for (const search of ["'", '%', '_', 'a%', '"', '*']) {
          const page = await opened.store.conversations.page({
            page: { first: 10 },
            filter: { search: [search] },
          });
          expect(page.items).toEqual([]);
        }
      });
    });

    describe('the window', () => {
      it('follows the newest message that opens it, by its own time', async () => {
        await deliver(
          opened.store,
          inbound('w2', { timestamp: later }),
          inbound('w1', { timestamp: nine }),
          inbound('w3', { content: reaction('w1', '👍'), timestamp: nine + 5_000 }),
          inbound('w4', { content: notice('user_changed_number'), timestamp: nine + 6_000 }),
          echo('w5', { timestamp: nine + 7_000 }),
        );
        expect((await chat()).window).toEqual({ lastInboundAt: later, refusedAt: null });
      });

      it('is opened by the first opening of the chat', async () => {
        await deliver(opened.store, inbound('w1', { content: notice('request_welcome') }));
        const { window, unreadCount } = await chat();
        expect(serviceWindowAt(window, nine).state).toBe('OPEN');
        expect(unreadCount).toBe(0);
      });

      it('is unknown for somebody who has never written', async () => {
        await send(opened.store);
        expect(serviceWindowAt((await chat()).window, nine).state).toBe('UNKNOWN');
      });
    });

    it('finds conversations by number, on each business number', async () => {
      const { store } = opened;
      await deliver(store, inbound('w1', { business: secondBusiness }));
      expect(await store.conversations.byPhoneNumber(business.phoneNumberId, '15555550142')).toBe(
        null,
      );
      expect(
        await store.conversations.byPhoneNumber(secondBusiness.phoneNumberId, '15555550142'),
      ).toMatchObject({
        phoneNumberId: secondBusiness.phoneNumberId,
      });
      expect(await store.conversations.allByPhoneNumber('447700900123')).toEqual([]);
    });
  });
}
