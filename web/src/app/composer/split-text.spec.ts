import fc from 'fast-check';
import { messageMaxLength } from './message-length';
import { mostParts, partsOf, splitText } from './split-text';

const lengths = (parts: readonly string[]): readonly number[] => parts.map(({ length }) => length);

describe('splitText', () => {
  it.each<[string, number, string[]]>([
    ['short', 20, ['short']],
    ['one two three\n\nfour five six', 20, ['one two three', 'four five six']],
    ['one two three\nfour five six', 20, ['one two three', 'four five six']],
    ['This is one. This is two then', 20, ['This is one.', 'This is two then']],
    ['これは一つです。これは二つです', 10, ['これは一つです。', 'これは二つです']],
    ['one two three four five', 13, ['one two three', 'four five']],
    ['one two three four five', 14, ['one two three', 'four five']],
    ['abcdefghijklmnopqrstuvwxyz', 10, ['abcdefghij', 'klmnopqrst', 'uvwxyz']],
    ['  spaces around  ', 8, ['spaces', 'around']],
  ])('cuts %j at %i into %j', (text, maxLength, parts) => {
    expect(splitText(text, maxLength)).toEqual(parts);
  });

  it('would rather cut a paragraph than send a message that is nearly empty', () => {
    expect(splitText('Hi\n\none two three four five six', 20)).toEqual([
      'Hi\n\none two three',
      'four five six',
    ]);
  });

  it('cuts no letter in two', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(splitText(family.repeat(3), 30)).toEqual([family.repeat(2), family]);
    expect(splitText('é'.repeat(9).normalize('NFD'), 5).map((part) => part.normalize())).toEqual([
      'éé',
      'éé',
      'éé',
      'éé',
      'é',
    ]);
  });

  it('loses nothing but space, keeps the order, and has no part that is too long or empty', () => {
    const pieces = fc.constantFrom('word', 'a', '. ', ' ', '\n', '\n\n', '👍🏽', '。', 'ש', '\t');
    fc.assert(
      fc.property(
        fc.array(pieces, { minLength: 1, maxLength: 200 }).map((parts) => parts.join('')),
        fc.integer({ min: 8, max: 60 }),
        (text, maxLength) => {
          fc.pre(text.trim() !== '');
          const parts = splitText(text, maxLength);
          const bare = (some: string): string => some.replace(/\s/gu, '');
          expect(bare(parts.join(''))).toBe(bare(text));
          expect(Math.max(...lengths(parts))).toBeLessThanOrEqual(maxLength);
          expect(parts.filter((part) => part.trim() === '')).toEqual([]);
        },
      ),
    );
  });
});

describe('partsOf', () => {
  it('is as many messages as WhatsApp takes it in, up to a limit', () => {
    const sentence = 'This sentence has forty-nine characters in it all. ';
    expect(lengths(partsOf(sentence.repeat(180)) ?? [])).toHaveLength(3);
    expect(partsOf('x'.repeat(mostParts * messageMaxLength))).toHaveLength(mostParts);
    expect(partsOf('x'.repeat(mostParts * messageMaxLength + 1))).toBeNull();
  });
});
