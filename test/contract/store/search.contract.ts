import fc from 'fast-check';
import { parseSearch, tokensOf } from '../../../api/search/tokens.ts';
import type { MessageContent } from '../../../api/messages/message-content.ts';
import {
  claimAll,
  deliver,
  inbound,
  nine,
  outbound,
  person,
  reaction,
  text,
  tom,
} from './deliveries.ts';
import { allChats, chatWith } from './reading.ts';
import type { OpenStore, StoreUnderTest } from './store-under-test.ts';

const photo: MessageContent = {
  type: 'IMAGE',
  mediaId: null,
  mimeType: 'image/jpeg',
  sha256: null,
  sizeBytes: null,
  fileName: 'Rechnung-2026.jpg',
  caption: 'The broken kettle',
  isVoice: false,
  isAnimated: false,
  state: 'PENDING',
};

export function describeSearch(open: OpenStore): void {
  describe('the search in messages', () => {
    let opened: StoreUnderTest;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    async function hits(search: string, chatNumber?: string): Promise<(string | null)[]> {
      const terms = parseSearch(search);
      if (terms === null) return [];
      const within =
        chatNumber === undefined
          ? {}
          : { conversationIds: [(await chatWith(opened.store, chatNumber)).id] };
      const page = await opened.store.messages.page({
        page: { last: 200 },
        search: terms,
        ...within,
      });
      return page.items.map(({ wamid }) => wamid);
    }

    it.each([
      ['hello', ['w1', 'w2']],
      ['HELLO wor', ['w1']],
      ['wor hello', []],
      ['help', ['w3']],
      ['hel', ['w1', 'w2', 'w3']],
      ['kettle', ['w4']],
      ['broken rechnung', ['w4']],
      ['lea', ['w2']],
      ['Léa Fon', ['w2']],
      ['dont', []],
      ['don', ['w3']],
      ['zzz', []],
    ])('finds by %j: %j', async (search, wamids) => {
      await deliver(
        opened.store,
        inbound('w1', { content: text('Hello, world!') }),
        inbound('w2', { content: text('Hello Léa Fontaine'), from: tom, timestamp: nine + 1_000 }),
        inbound('w3', { content: text("I don't need help"), timestamp: nine + 2_000 }),
        inbound('w4', { content: photo, timestamp: nine + 3_000 }),
      );
      expect(await hits(search)).toEqual(wamids);
    });

    it.each([
      ['👍', ['w1', 'w2']],
      ['👍🏿', ['w1', 'w2']],
      ['kettle 👍', ['w2']],
      ['❤️', ['w3']],
      ['🇧🇷', ['w3']],
      ['🇵🇹', []],
    ])('finds emoji: %s', async (search, wamids) => {
      await deliver(
        opened.store,
        inbound('w1', { content: text('👍🏽') }),
        inbound('w2', { content: text('The kettle is fine 👍👍'), timestamp: nine + 1_000 }),
        inbound('w3', { content: text('❤ 🇧🇷'), timestamp: nine + 2_000 }),
      );
      expect(await hits(search)).toEqual(wamids);
      expect(await hits(search, '15555550142')).toEqual(wamids);
    });

    it('finds in one chat alone what is common in all', async () => {
      await deliver(
        opened.store,
        ...Array.from({ length: 20 }, (_, n) =>
          inbound(`w${String(n)}`, { content: text('the same') }),
        ),
        inbound('t1', { content: text('the other'), from: tom }),
      );
      expect(await hits('the', '447700900123')).toEqual(['t1']);
      expect(await hits('the oth', '447700900123')).toEqual(['t1']);
      expect(await hits('same', '447700900123')).toEqual([]);
      expect(await hits('the', '15555550142')).toHaveLength(20);
      const ids = (await allChats(opened.store)).map(({ id }) => id);
      const both = await opened.store.messages.page({
        page: { last: 200 },
        search: { wholeWords: [], prefix: 'the' },
        conversationIds: ids,
      });
      expect(both.items).toHaveLength(21);
    });

    it('finds in a chat what was written before it was joined with another', async () => {
      const byUserId = person({ userId: 'US.1' });
      await deliver(
        opened.store,
        inbound('w1', { content: text('kettle one') }),
        inbound('w2', { content: text('kettle two'), from: byUserId, timestamp: nine + 1_000 }),
        inbound('w3', {
          content: text('kettle three'),
          from: person({ phoneNumber: '15555550142', userId: 'US.1' }),
          timestamp: nine + 2_000,
        }),
      );
      expect(await hits('kettle', '15555550142')).toEqual(['w1', 'w2', 'w3']);
      expect(await hits('kettle tw', '15555550142')).toEqual(['w2']);
    });

    it.each([
      [
        'after',
        [
          inbound('w1', { content: text('The kettle') }),
          inbound('r1', { content: reaction('w1', '👍') }),
        ],
      ],
      [
        'before',
        [
          inbound('r1', { content: reaction('w1', '👍') }),
          inbound('w1', { content: text('The kettle') }),
        ],
      ],
    ])('finds a reaction by the text of its message when it came %s it', async (_, elements) => {
      await deliver(opened.store, ...elements);
      expect((await hits('kettle')).sort()).toEqual(['r1', 'w1']);
      expect((await hits('kettle', '15555550142')).sort()).toEqual(['r1', 'w1']);
    });

    it('finds a reaction to our message once WhatsApp has named that', async () => {
      const { store } = opened;
      await store.messages.enqueue(outbound({ content: text('Your kettle is ready') }));
      const [claim] = await claimAll(store);
      await deliver(store, inbound('r1', { content: reaction('w1', '👍') }));
      await store.outbox.settle(
        { messageId: claim!.message.id, attempt: 1 },
        { kind: 'ACCEPTED', at: nine, wamid: 'w1' },
      );
      expect((await hits('kettle')).sort()).toEqual(['r1', 'w1']);
    });

    it('finds after a restart', async () => {
      await deliver(opened.store, inbound('w1', { content: text('The kettle') }));
      await opened.reopen();
      await deliver(opened.store, inbound('w2', { content: text('Another kettle') }));
      expect(await hits('kettle')).toEqual(['w1', 'w2']);
      expect(await hits('kettl')).toEqual(['w1', 'w2']);
    });

    it('finds none of what failed to be filed', async () => {
      const broken = inbound('w1', { content: text('The kettle'), timestamp: Number.NaN });
      await deliver(opened.store, broken, inbound('w2', { content: text('A kettle') }));
      expect(await hits('kettle')).toEqual(['w2']);
    });

    it('finds many words that begin alike', async () => {
      const words = Array.from({ length: 300 }, (_, n) => `order${String(n)}`);
      await deliver(opened.store, ...words.map((word) => inbound(word, { content: text(word) })));
      expect(await hits('order')).toHaveLength(200);
      expect(await hits('order29')).toEqual(['order29', ...words.slice(290)]);
    });

    it('takes text for data, never for a query', async () => {
      await deliver(opened.store, inbound('w1', { content: text('a or b and not c near d') }));
      for (const search of [
        'a OR zzz',
        'NOT zzz',
        '"a zzz"',
        'tokens:zzz',
        '(zzz',
        'a* zzz',
        '^zzz',
        "zzz'; --",
      ]) {
        expect(await hits(search)).toEqual([]);
      }
      expect(await hits('a OR b')).toEqual(['w1']);
    });

    it('finds what the words of text and search say, whatever they are', async () => {
      const { store } = opened;
      const word = fc.constantFrom(
        'kettle',
        'ketchup',
        'Über',
        'été',
        'naïve',
        '東京タワー',
        'สวัสดี',
        'ΟΔΟΣ',
        'x1',
        'жук',
        'القهوة',
        'قهوة',
        '👍',
        'e\u0301a',
        "d'or",
      );
      const texts = fc.sample(
        fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
        {
          numRuns: 150,
          seed: 11,
        },
      );
      await deliver(
        store,
        ...texts.map((body, n) =>
          inbound(`w${String(n)}`, { content: text(body), timestamp: nine + n * 1_000 }),
        ),
      );
      const cut = fc
        .tuple(fc.array(word, { minLength: 1, maxLength: 2 }), fc.nat(3))
        .map(([words, off]) => {
          const search = words.join(' ');
          return search.slice(0, search.length - off);
        });
      await fc.assert(
        fc.asyncProperty(cut, async (search) => {
          const terms = parseSearch(search);
          const expected = texts.flatMap((body, n) => {
            const tokens = tokensOf(body);
            const isHit =
              terms !== null &&
              terms.wholeWords.every((whole) => tokens.includes(whole)) &&
              tokens.some((token) => token.startsWith(terms.prefix));
            return isHit ? [`w${String(n)}`] : [];
          });
          expect(await hits(search)).toEqual(expected);
          expect(await hits(search, '15555550142')).toEqual(expected);
        }),
        { numRuns: 80 },
      );
    });
  });
}
