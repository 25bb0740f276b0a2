import { secondMs } from '../clock.ts';
import { InvalidInputError } from '../errors.ts';
import { amara, openOutboxBench, tom } from '../../test/kit/benches/outbox-bench.ts';
import type { OutboxBench } from '../../test/kit/benches/outbox-bench.ts';
import type { Conversation } from './conversation.ts';

describe('conversations', () => {
  let bench: OutboxBench;
  beforeEach(async () => {
    bench = await openOutboxBench();
    for (const from of [amara, tom, amara]) {
      await bench.receive(from);
      bench.clock.advance(secondMs);
    }
  });
  afterEach(() => bench.close());

  const chatOf = async (phoneNumber: string): Promise<Conversation> => {
    const conversation = await bench.conversations.byPhoneNumber(phoneNumber);
    if (conversation === null) throw new Error('There is no conversation');
    return conversation;
  };
  const numbers = async (filter: { search?: string; unreadOnly?: boolean }) =>
    (await bench.conversations.page({ filter, page: { first: 50 } })).items.map(
      ({ contact }) => contact.phoneNumber,
    );

  it('come with the newest activity first', async () => {
    expect(await numbers({})).toEqual([amara, tom]);
  });

  it('are filtered by words and by what is unread', async () => {
    await bench.conversations.markRead((await chatOf(tom)).id, null);
    expect(await numbers({ unreadOnly: true })).toEqual([amara]);
    expect(await numbers({ search: tom.slice(0, 6) })).toEqual([tom]);
    expect(await numbers({ search: tom.slice(0, 6), unreadOnly: true })).toEqual([]);
    expect(await numbers({ search: '  ' })).toEqual([amara, tom]);
    expect(await numbers({ search: '?!' })).toEqual([]);
  });

  it.each(['+44 7700 900123', '+44 77', '0044 (0)7700-900123', '44 7700 900'])(
    'are found by a number as people write it: %s',
    async (search) => {
      expect(await numbers({ search })).toEqual([tom]);
    },
  );

  it('are filtered by the first words of a search that never ends', async () => {
    const words = Array.from({ length: 5_000 }, (_, index) => `w${String(index)}`);
    expect(await numbers({ search: words.join(' ') })).toEqual([]);
    expect(await numbers({ search: `${tom} `.repeat(5_000) })).toEqual([tom]);
  });

  it('count what is unread in all of a filter', async () => {
    expect(await bench.conversations.totalUnread({})).toBe(3);
    expect(await bench.conversations.totalUnread({ search: tom })).toBe(1);
    expect(await bench.conversations.totalUnread({ search: '?!' })).toBe(0);
  });

  it('are found by id and by number', async () => {
    const chat = await chatOf(amara);
    expect((await bench.conversations.byId(chat.id))?.id).toBe(chat.id);
    expect(await bench.conversations.byId('nonsense')).toBeNull();
    expect(await bench.conversations.byId('cnv_01JD0000000000000000000009')).toBeNull();
    expect(await bench.conversations.byPhoneNumber('61491570156')).toBeNull();
    await expect(bench.conversations.byPhoneNumber('+44 7700')).rejects.toThrow(InvalidInputError);
  });

  it('are marked read up to a message, and then as a whole', async () => {
    const chat = await chatOf(amara);
    const [first] = (await bench.messages.page({ phoneNumber: amara, page: { first: 1 } })).items;
    expect((await bench.conversations.markRead(chat.id, first?.id ?? ''))?.unreadCount).toBe(1);
    expect((await bench.conversations.markRead(chat.id, null))?.unreadCount).toBe(0);
    expect((await bench.conversations.markRead(chat.id, null))?.unreadCount).toBe(0);
  });

  it('stay unread when the chat or the message in it is not there', async () => {
    const chat = await chatOf(amara);
    const [elsewhere] = (await bench.messages.page({ phoneNumber: tom, page: { first: 1 } })).items;
    for (const upTo of [elsewhere?.id ?? '', 'nonsense', 'msg_01JD0000000000000000000009']) {
      expect(await bench.conversations.markRead(chat.id, upTo)).toBeNull();
    }
    expect(await bench.conversations.markRead('nonsense', null)).toBeNull();
    expect((await chatOf(amara)).unreadCount).toBe(2);
  });

  it('tell WhatsApp of what was read', async () => {
    bench.start();
    await bench.idle();
    await bench.conversations.markRead((await chatOf(tom)).id, null);
    await bench.idle();
    expect(bench.stub.requests.map(({ body }) => body['status'])).toEqual(['read']);
  });
});
