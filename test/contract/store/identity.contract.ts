import {
  amara,
  business,
  deliver,
  echo,
  inbound,
  nine,
  notice,
  person,
  secondBusiness,
  send,
  status,
  tom,
} from './deliveries.ts';
import { allChats, chatWith, messageOf, messagesIn, textsIn } from './reading.ts';
import type { OpenStore, StoreUnderTest } from './store-under-test.ts';

const byNumber = person({ phoneNumber: '15555550142' });
const byUserId = person({ userId: 'US.1' });
const byBoth = person({ phoneNumber: '15555550142', userId: 'US.1' });

export function describeIdentity(open: OpenStore): void {
  describe('identity', () => {
    let opened: StoreUnderTest;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('files what one person writes into one conversation, what another writes into another', async () => {
      const { store } = opened;
      await deliver(store, inbound('w1'), inbound('w2', { from: tom }), inbound('w3'));
      expect(await textsIn(store, await chatWith(store, '15555550142'))).toEqual([
        'Text of w1',
        'Text of w3',
      ]);
      expect(await textsIn(store, await chatWith(store, '447700900123'))).toEqual(['Text of w2']);
    });

    it('keeps a conversation for each business number, with one contact', async () => {
      const { store } = opened;
      await deliver(store, inbound('w1'), inbound('w1', { business: secondBusiness }));
      const chats = await store.conversations.allByPhoneNumber('15555550142');
      expect(chats.map((chat) => chat.phoneNumberId).sort()).toEqual([
        business.phoneNumberId,
        secondBusiness.phoneNumberId,
      ]);
      expect(new Set(chats.map((chat) => chat.contact.id)).size).toBe(1);
    });

    it.each([
      ['number, user id, both', [byNumber, byUserId, byBoth]],
      ['user id, number, both', [byUserId, byNumber, byBoth]],
      ['both, number, user id', [byBoth, byNumber, byUserId]],
      ['number, both, user id', [byNumber, byBoth, byUserId]],
    ])('knows one person by number and user id: %s', async (_, people) => {
      const { store } = opened;
      for (const [n, from] of people.entries()) {
        await deliver(store, inbound(`w${String(n)}`, { from, timestamp: nine + n * 1_000 }));
      }
      const chats = await allChats(store);
      expect(chats).toHaveLength(1);
      expect(chats[0]).toMatchObject({
        unreadCount: 3,
        lastActivityAt: nine + 2_000,
        contact: { phoneNumber: '15555550142', userId: 'US.1' },
        window: { lastInboundAt: nine + 2_000 },
      });
      expect(await textsIn(store, chats[0]!)).toEqual(['Text of w0', 'Text of w1', 'Text of w2']);
    });

    it('finds a conversation by the id that it had before it was joined into another', async () => {
      const { store } = opened;
      await deliver(store, inbound('w1', { from: byNumber }), inbound('w2', { from: byUserId }));
      const before = await allChats(store);
      await deliver(store, inbound('w3', { from: byBoth }));
      const [chat] = await allChats(store);
      const absorbed = before.filter((former) => former.id !== chat!.id).map(({ id }) => id);
      expect(chat!.formerIds).toEqual(absorbed);
      for (const { id } of before) {
        expect((await store.conversations.byIds([id])).get(id)?.id).toBe(chat!.id);
        const page = await store.messages.page({ page: { last: 10 }, conversationIds: [id] });
        expect(page.items).toHaveLength(3);
        const marked = await store.conversations.markRead(id, null, nine);
        expect(marked).toEqual({ ...chat, unreadCount: 0 });
      }
      for (const { contact } of before) {
        const found = await store.conversations.contactsByIds([contact.id]);
        expect(found.get(contact.id)).toEqual(chat!.contact);
      }
    });

    it('remembers every id through several joins and a restart', async () => {
      const { store } = opened;
      const newNumber = person({ phoneNumber: '15555550143' });
      await deliver(store, inbound('w1', { from: byUserId }), inbound('w2', { from: byNumber }));
      await deliver(store, inbound('w3', { from: newNumber }));
      const ids = (await allChats(store)).map((chat) => chat.id);
      await deliver(store, inbound('w4', { from: byBoth, timestamp: nine + 1_000 }));
      await deliver(
        store,
        inbound('w5', {
          from: { ...byBoth, ...newNumber, userId: 'US.1' },
          timestamp: nine + 2_000,
        }),
      );
      await opened.reopen();
      const [chat, ...others] = await allChats(opened.store);
      expect(others).toEqual([]);
      const found = await opened.store.conversations.byIds(ids);
      expect([...found.values()].map(({ id }) => id)).toEqual([chat!.id, chat!.id, chat!.id]);
      expect([...chat!.formerIds, chat!.id].sort()).toEqual([...ids].sort());
      expect(chat!.unreadCount).toBe(5);
    });

    it('joins the conversations of every business number', async () => {
      const { store } = opened;
      await deliver(
        store,
        inbound('w1', { from: byNumber }),
        inbound('w2', { from: byUserId }),
        inbound('w3', { from: byUserId, business: secondBusiness }),
        inbound('w4', { from: byBoth }),
      );
      const chats = await store.conversations.allByPhoneNumber('15555550142');
      const counts = chats.map((chat) => [chat.phoneNumberId, chat.unreadCount]);
      expect(new Map(counts as [string, number][])).toEqual(
        new Map([
          [business.phoneNumberId, 3],
          [secondBusiness.phoneNumberId, 1],
        ]),
      );
    });

    it('joins by a status that names number and user id', async () => {
      const { store } = opened;
      await deliver(store, inbound('w1', { from: byUserId }));
      await send(store);
      expect(await allChats(store)).toHaveLength(2);
      await deliver(store, status('unknown', 'SENT', { recipient: byBoth }));
      const [chat, ...others] = await allChats(store);
      expect(others).toEqual([]);
      expect(await messagesIn(store, chat!)).toHaveLength(2);
    });

    it('joins by a status that comes before everything else', async () => {
      const { store } = opened;
      await deliver(store, status('unknown', 'SENT', { recipient: byBoth }));
      expect(await allChats(store)).toEqual([]);
      await deliver(store, inbound('w1', { from: byUserId }), inbound('w2', { from: byNumber }));
      expect(await allChats(store)).toHaveLength(1);
    });

    it('files an echo under the person it went to', async () => {
      const { store } = opened;
      await deliver(store, inbound('w1'), echo('w2', { timestamp: nine + 1_000 }));
      const chat = await chatWith(store, '15555550142');
      expect(await textsIn(store, chat)).toEqual(['Text of w1', 'Echo of w2']);
      expect(chat.unreadCount).toBe(1);
      expect(await messageOf(store, 'w2')).toMatchObject({
        direction: 'OUTBOUND',
        delivery: { stage: 'ACCEPTED', sentAt: nine + 1_000 },
      });
    });

    it('hands a number over to its new owner, and never joins two with a user id each', async () => {
      const { store } = opened;
      await deliver(store, inbound('w1', { from: byBoth, timestamp: nine }));
      const owner = person({ phoneNumber: '15555550142', userId: 'US.2' });
      await deliver(store, inbound('w2', { from: owner, timestamp: nine + 1_000 }));
      const chats = await allChats(store);
      expect(chats.map((chat) => [chat.contact.userId, chat.contact.phoneNumber])).toEqual([
        ['US.2', '15555550142'],
        ['US.1', null],
      ]);
      await deliver(store, inbound('w3', { from: byNumber, timestamp: nine + 2_000 }));
      expect((await messageOf(store, 'w3')).conversationId).toBe(chats[0]!.id);
      await deliver(store, inbound('w4', { from: byUserId, timestamp: nine + 3_000 }));
      expect((await messageOf(store, 'w4')).conversationId).toBe(chats[1]!.id);
    });

    it('does not give a number back for a message from before it was handed over', async () => {
      const { store } = opened;
      const owner = person({ phoneNumber: '15555550142', userId: 'US.2' });
      await deliver(store, inbound('w2', { from: owner, timestamp: nine + 1_000 }));
      await deliver(store, inbound('w1', { from: byBoth, timestamp: nine }));
      const chat = await chatWith(store, '15555550142');
      expect(chat.contact.userId).toBe('US.2');
      expect(await textsIn(store, chat)).toEqual(['Text of w2']);
    });

    describe('a change of number', () => {
      const changedTo = person({ phoneNumber: '15555550199', userId: 'US.9' });
      const change = inbound('change', {
        from: byBoth,
        timestamp: nine + 1_000,
        content: notice('user_changed_number'),
        changedTo,
      });

      it('keeps the conversation; both numbers lead to it', async () => {
        const { store } = opened;
        await deliver(store, inbound('w1', { from: byBoth }), change);
        await deliver(store, inbound('w2', { from: changedTo, timestamp: nine + 2_000 }));
        const chats = await allChats(store);
        expect(chats).toHaveLength(1);
        expect(chats[0]!.contact).toMatchObject({ phoneNumber: '15555550199', userId: 'US.9' });
        expect(await chatWith(store, '15555550199')).toEqual(chats[0]);
        expect(await chatWith(store, '15555550142')).toEqual(chats[0]);
      });

      it('leaves two known people apart', async () => {
        const { store } = opened;
        await deliver(
          store,
          inbound('w1', { from: byBoth }),
          inbound('w2', { from: person({ phoneNumber: '15555550199' }) }),
          change,
        );
        expect(await allChats(store)).toHaveLength(2);
        const chat = await chatWith(store, '15555550142');
        expect(chat.contact.phoneNumber).toBe('15555550142');
        expect((await messageOf(store, 'change')).conversationId).toBe(chat.id);
      });

      it('gives the former number to whoever comes with it later', async () => {
        const { store } = opened;
        await deliver(store, inbound('w1', { from: byBoth }), change);
        const owner = person({ phoneNumber: '15555550142', userId: 'US.5' });
        await deliver(store, inbound('w2', { from: owner, timestamp: nine + 5_000 }));
        expect((await chatWith(store, '15555550142')).contact.userId).toBe('US.5');
        expect((await chatWith(store, '15555550199')).contact.userId).toBe('US.9');
      });

      it('is the same twice', async () => {
        const { store } = opened;
        await deliver(store, inbound('w1', { from: byBoth }), change, change);
        await deliver(store, { ...change, wamid: 'change again' });
        const chats = await allChats(store);
        expect(chats).toHaveLength(1);
        expect(chats[0]!.contact).toMatchObject({ phoneNumber: '15555550199', userId: 'US.9' });
      });
    });

    describe('the profile', () => {
      it('shows the newest name by the time of its message', async () => {
        const { store } = opened;
        const named = (profileName: string) => person({ ...amara, profileName });
        await deliver(store, inbound('w2', { from: named('New'), timestamp: nine + 2_000 }));
        await deliver(store, inbound('w1', { from: named('Old'), timestamp: nine }));
        expect((await chatWith(store, '15555550142')).contact.profileName).toBe('New');
        await deliver(store, inbound('w3', { from: named('Newer'), timestamp: nine + 3_000 }));
        expect((await chatWith(store, '15555550142')).contact.profileName).toBe('Newer');
      });

      it('does not go back to an old name when its message is delivered again', async () => {
        const { store } = opened;
        const old = inbound('w1', { from: person({ ...amara, profileName: 'Old' }) });
        await deliver(
          store,
          old,
          inbound('w2', { from: person({ ...amara, profileName: 'New' }) }),
        );
        await deliver(store, old);
        expect((await chatWith(store, '15555550142')).contact.profileName).toBe('New');
      });

      it('is kept when a message brings none', async () => {
        const { store } = opened;
        await deliver(store, inbound('w1'), inbound('w2', { from: byNumber }));
        expect((await chatWith(store, '15555550142')).contact.profileName).toBe('Amara Okafor');
      });
    });

    it('learns our own phone number from deliveries', async () => {
      const { store } = opened;
      expect(await store.conversations.ownPhoneNumber(business.phoneNumberId)).toBe(null);
      await deliver(store, inbound('w1'));
      expect(await store.conversations.ownPhoneNumber(business.phoneNumberId)).toBe('15555550100');
      const unnamed = { ...business, displayPhoneNumber: null };
      await deliver(store, inbound('w2', { business: unnamed }));
      expect(await store.conversations.ownPhoneNumber(business.phoneNumberId)).toBe('15555550100');
    });

    it('sets aside what names nobody, and goes on', async () => {
      const { store } = opened;
      const entry = await deliver(store, inbound('w1', { from: person({}) }), inbound('w2'));
      expect(entry.state).toBe('SET_ASIDE');
      expect(entry.verdicts.map(({ result }) => result)).toEqual(['SET_ASIDE', 'APPLIED']);
      expect(entry.verdicts[0]!.detail).toMatch(/phone number/);
    });
  });
}
