import fc from 'fast-check';
import { secondMs } from '../../../api/clock.ts';
import { beginningOf, comparePlaces, placeOf } from '../../../api/messages/chat-order.ts';
import type { Place } from '../../../api/messages/chat-order.ts';
import type { ConversationId } from '../../../api/ids.ts';
import { trustedId } from '../../../api/ids.ts';
import type { Page, PageRequest } from '../../../api/paging.ts';
import { parseSearch } from '../../../api/search/tokens.ts';
import type { MessageQuery } from '../../../api/storage/store.ts';
import { amara, deliver, inbound, kiri, lea, nine, person, text, tom } from './deliveries.ts';
import { chatWith } from './reading.ts';
import type { OpenStore, StoreUnderTest } from './store-under-test.ts';

interface Item {
  readonly id: string;
  readonly place: Place;
}

/** What a page is, said by cutting the whole list: the measure for what a store reads by index. */
function cut(list: readonly Item[], request: PageRequest): Page<string> {
  const indexOf = (place: Place): number => list.findIndex((item) => item.id === place.id);
  const from = request.after === undefined ? 0 : indexOf(request.after) + 1;
  const to = request.before === undefined ? list.length : indexOf(request.before);
  const between = list.slice(from, to);
  const isForward = 'first' in request;
  const items = isForward ? between.slice(0, request.first) : between.slice(-request.last);
  const hasMore = items.length < between.length;
  return {
    items: items.map(({ id }) => id),
    hasNextPage: (isForward && hasMore) || (request.before !== undefined && to < list.length),
    hasPreviousPage: (!isForward && hasMore) || (request.after !== undefined && from > 0),
  };
}

export function describePaging(open: OpenStore): void {
  describe('pages', () => {
    let opened: StoreUnderTest;
    let messages: readonly Item[] = [];
    let conversations: readonly Item[] = [];

    beforeAll(async () => {
      opened = await open();
      const people = [amara, tom, lea, kiri];
      const elements = Array.from({ length: 40 }, (_, n) =>
        inbound(`w${String(n)}`, {
          from: people[n % 4] ?? amara,
          // Several share a second, and not all come in order.
          timestamp: nine + ((n * 7) % 12) * 500,
          content: text(n % 3 === 0 ? `Common and rare${String(n)}` : 'Common'),
        }),
      );
      await deliver(opened.store, ...elements);
      for (let n = 0; n < 30; n++) {
        const from = person({ phoneNumber: `4477009${String(10_000 + n)}` });
        await deliver(
          opened.store,
          inbound(`p${String(n)}`, { from, timestamp: nine - (n % 5) * 1_000 }),
        );
      }
      const all = await opened.store.messages.page({ page: { first: 200 } });
      messages = all.items.map(({ id, timestamp }) => ({ id, place: placeOf(timestamp, id) }));
      const list = await opened.store.conversations.page({ page: { first: 200 }, filter: {} });
      conversations = list.items.map((chat) => ({
        id: chat.id,
        place: placeOf(chat.lastActivityAt, chat.id),
      }));
    });
    afterAll(() => opened.close());

    const size = fc.integer({ min: 1, max: 12 });

    function requests(list: readonly Item[]): fc.Arbitrary<PageRequest> {
      const place = fc.option(fc.constantFrom(...list.map((item) => item.place)), {
        nil: undefined,
      });
      return fc
        .tuple(size, fc.boolean(), place, place)
        .map(([count, isForward, after, before]): PageRequest =>
          isForward ? { first: count, after, before } : { last: count, after, before },
        );
    }

    async function ids(query: MessageQuery): Promise<Page<string>> {
      const page = await opened.store.messages.page(query);
      return { ...page, items: page.items.map(({ id }) => id) };
    }

    it('of messages are cuts of the whole list', async () => {
      expect(messages).toHaveLength(70);
      await fc.assert(
        fc.asyncProperty(requests(messages), async (page) => {
          expect(await ids({ page })).toEqual(cut(messages, page));
        }),
        { numRuns: 150 },
      );
    });

    it('of one chat are cuts of that chat', async () => {
      const chat = await chatWith(opened.store, '15555550142');
      const all = await ids({ page: { first: 200 }, conversationIds: [chat.id] });
      expect(all.items).toHaveLength(10);
      const list = messages.filter(({ id }) => all.items.includes(trustedId('msg', id)));
      await fc.assert(
        fc.asyncProperty(requests(list), async (page) => {
          expect(await ids({ page, conversationIds: [chat.id] })).toEqual(cut(list, page));
        }),
        { numRuns: 100 },
      );
    });

    it('begin and end at a time, whether or not there is a message of it', async () => {
      const seconds = [...new Set(messages.map(({ place }) => place.second))];
      const times = fc.integer({ min: Math.min(...seconds) - 2, max: Math.max(...seconds) + 2 });
      const time = times.map((second) => beginningOf(second * secondMs + 300));
      await fc.assert(
        fc.asyncProperty(time, time, async (after, before) => {
          const list = messages.filter(
            ({ place }) => comparePlaces(place, after) > 0 && comparePlaces(place, before) < 0,
          );
          const page = await ids({ page: { first: 100, after, before } });
          expect(page.items).toEqual(list.map(({ id }) => id));
        }),
        { numRuns: 60 },
      );
    });

    it('of a search are cuts of its hits, in the order of the chat', async () => {
      const search = parseSearch('common rare');
      if (search === null) throw new Error('No search');
      const all = await ids({ page: { first: 200 }, search });
      expect(all.items).toHaveLength(14);
      const list = messages.filter(({ id }) => all.items.includes(trustedId('msg', id)));
      expect(all.items).toEqual(list.map(({ id }) => id));
      await fc.assert(
        fc.asyncProperty(requests(list), async (page) => {
          expect(await ids({ page, search })).toEqual(cut(list, page));
        }),
        { numRuns: 100 },
      );
    });

    it('of conversations are cuts of the list, newest first', async () => {
      expect(conversations).toHaveLength(34);
      await fc.assert(
        fc.asyncProperty(requests(conversations), async (page) => {
          const read = await opened.store.conversations.page({ page, filter: {} });
          expect({ ...read, items: read.items.map(({ id }) => id) }).toEqual(
            cut(conversations, page),
          );
        }),
        { numRuns: 150 },
      );
    });

    it('go on from a place whose message is not there', async () => {
      const second = Math.floor(nine / 1_000) + 2;
      for (const id of ['msg_00000000000000000000000000', 'msg_7ZZZZZZZZZZZZZZZZZZZZZZZZZ']) {
        const place = { second, id };
        const isBefore = ({ place: other }: Item): boolean =>
          other.second < second || (other.second === second && other.id < id);
        const below = messages.filter(isBefore);
        const before = await ids({ page: { last: 200, before: place } });
        expect(before.items).toEqual(below.map((item) => item.id));
        expect(before.hasNextPage).toBe(below.length < messages.length);
        const after = await ids({ page: { first: 200, after: place } });
        expect(after.items).toEqual(messages.slice(below.length).map((item) => item.id));
        expect(after.hasPreviousPage).toBe(below.length > 0);
      }
    });

    it('stay in place while messages come in', async () => {
      const fresh = await open();
      try {
        await deliver(fresh.store, inbound('w1'), inbound('w2', { timestamp: nine + 5_000 }));
        const newest = await fresh.store.messages.page({ page: { last: 1 } });
        const [w2] = newest.items;
        await deliver(
          fresh.store,
          inbound('w3', { timestamp: nine + 1_000 }),
          inbound('w4', { timestamp: nine + 9_000 }),
        );
        const before = placeOf(w2!.timestamp, w2!.id);
        const older = await fresh.store.messages.page({ page: { last: 10, before } });
        expect(older.items.map(({ wamid }) => wamid)).toEqual(['w1', 'w3']);
        const newer = await fresh.store.messages.page({ page: { first: 10, after: before } });
        expect(newer.items.map(({ wamid }) => wamid)).toEqual(['w4']);
      } finally {
        await fresh.close();
      }
    });

    it('of unknown conversations are empty', async () => {
      const unknown: ConversationId = trustedId('cnv', 'cnv_01ARZ3NDEKTSV4RRFFQ69G5FAV');
      const empty = { items: [], hasNextPage: false, hasPreviousPage: false };
      expect(await ids({ page: { last: 5 }, conversationIds: [unknown] })).toEqual(empty);
      expect(await ids({ page: { last: 5 }, conversationIds: [] })).toEqual(empty);
    });
  });
}
