import { secondMs } from '../clock.ts';
import { InvalidInputError } from '../errors.ts';
import { amara, openOutboxBench, tom } from '../../test/kit/benches/outbox-bench.ts';
import type { OutboxBench } from '../../test/kit/benches/outbox-bench.ts';
import { placeOf } from './chat-order.ts';
import type { MessagesQuery } from './messages.ts';
import { textOf } from './message-content.ts';

describe('reading messages', () => {
  let bench: OutboxBench;
  beforeEach(async () => {
    bench = await openOutboxBench();
    await bench.receive(amara, 'wamid.amara');
    bench.clock.advance(secondMs);
    await bench.send(amara, 'Your parcel is at the café');
    bench.clock.advance(secondMs);
    await bench.send(tom, 'Your invoice');
  });
  afterEach(() => bench.close());

  const texts = async (query: Partial<MessagesQuery>) =>
    (await bench.messages.page({ page: { last: 50 }, ...query })).items.map(({ content }) =>
      textOf(content),
    );
  const chatOf = async (phoneNumber: string) =>
    (await bench.conversations.byPhoneNumber(phoneNumber))?.id ?? '';

  it('gives all of them in chat order', async () => {
    expect(await texts({})).toEqual(['Question 1', 'Your parcel is at the café', 'Your invoice']);
  });

  it('combines filters', async () => {
    const conversationId = await chatOf(amara);
    expect(await texts({ phoneNumber: tom })).toEqual(['Your invoice']);
    expect(await texts({ conversationId })).toHaveLength(2);
    expect(await texts({ conversationId, search: 'CAFE' })).toEqual(['Your parcel is at the café']);
    expect(await texts({ phoneNumber: amara, search: 'inv' })).toEqual([]);
    expect(await texts({ conversationId, phoneNumber: tom })).toEqual([]);
    expect(await texts({ conversationId, phoneNumber: amara })).toHaveLength(2);
  });

  it('begins and ends at a time, by whole seconds, together with a cursor', async () => {
    const page = await bench.messages.page({ page: { last: 50 } });
    const [first, second, third] = page.items.map(({ timestamp }) => timestamp);
    const after = placeOf(second ?? 0, page.items[1]?.id ?? '');
    expect(await texts({ since: second })).toEqual(['Your parcel is at the café', 'Your invoice']);
    expect(await texts({ since: (second ?? 0) + 400 })).toHaveLength(2);
    expect(await texts({ until: third })).toEqual(['Question 1', 'Your parcel is at the café']);
    expect(await texts({ since: second, until: third })).toEqual(['Your parcel is at the café']);
    expect(await texts({ since: first, page: { first: 1, after } })).toEqual(['Your invoice']);
    expect(await texts({ until: third, page: { last: 5, before: after } })).toEqual(['Question 1']);
    expect(await texts({ since: 0, until: 0 })).toEqual([]);
    const newer = await bench.messages.page({ page: { first: 1 }, since: second });
    expect(newer).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
  });

  it('finds nothing for people and chats that are not there', async () => {
    expect(await texts({ phoneNumber: '61491570156' })).toEqual([]);
    expect(await texts({ conversationId: 'cnv_01JD0000000000000000000009' })).toEqual([]);
  });

  it('takes a search without words for one that finds nothing, and an empty one for none', async () => {
    expect(await texts({ search: '?!' })).toEqual([]);
    expect(await texts({ search: ' ' })).toHaveLength(3);
  });

  it.each<[Partial<MessagesQuery>, string]>([
    [{ conversationId: 'nonsense' }, 'conversationId'],
    [{ conversationId: 'msg_01JD0000000000000000000009' }, 'conversationId'],
    [{ phoneNumber: '+44 7700' }, 'phoneNumber'],
  ])('refuses %j and names the argument', async (query, argument) => {
    const failure = await texts(query).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InvalidInputError);
    expect(failure).toMatchObject({ issues: [{ path: [argument] }] });
  });
});
