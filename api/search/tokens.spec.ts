import fc from 'fast-check';
import { maxSearchWords, parseSearch, searchWordsOf, tokensOf } from './tokens.ts';

describe('tokensOf', () => {
  it.each([
    ['case', 'Hello HELLO hello', ['hello']],
    ['accents', 'Léa naïve Ångström Żółw', ['lea', 'naive', 'angstrom', 'zołw']],
    ['accents of Greek and Cyrillic', 'Καλημέρα ёлка', ['καλημερα', 'елка']],
    ['the final sigma', 'ΟΔΟΣ οδός', ['οδοσ']],
    ['the dotted capital of Turkish', 'İstanbul', ['istanbul']],
    ['ligatures and full width', 'ﬁne ＡＢＣ１２', ['fine', 'abc12']],
    ['composed and decomposed letters', 'caf\u00e9 cafe\u0301', ['cafe']],
    ['vowel points of Hebrew and Arabic', 'שָׁלוֹם مَرْحَبًا', ['שלום', 'مرحبا']],
  ])('folds %s', (_, text, tokens) => {
    expect(tokensOf(text)).toEqual(tokens);
  });

  it.each([
    [
      'punctuation',
      "Don't go: example.com, a_b-c!",
      ['don', 't', 'go', 'example', 'com', 'a', 'b', 'c'],
    ],
    ['punctuation beside accents', "l'été, déjà_vu", ['l', 'ete', 'deja', 'vu']],
    ['numbers', 'Order 12345, 3.50 € at 10:30', ['order', '12345', '3', '50', 'at', '10', '30']],
    ['emoji, of any skin', 'Nice 👍🏽👍 ❤️ 1️⃣ thanks', ['nice', '👍', '❤', '1', 'thanks']],
    ['flags and joined emoji', '🇧🇷🇵🇹 👨‍👩‍👧 🏋🏽‍♂️', ['🇧🇷', '🇵🇹', '👨‍👩‍👧', '🏋‍♂']],
    ['nothing but signs', '… !!! \u{1F3FD} €', []],
    ['nothing', '', []],
  ])('cuts at %s', (_, text, tokens) => {
    expect(tokensOf(text)).toEqual(tokens);
  });

  it('cuts scripts without spaces by their own words', () => {
    expect(tokensOf('東京タワーに行きます')).toEqual(['東京タワー', 'に', '行き', 'ます']);
    expect(tokensOf('Wi-Fi密码是什么')).toEqual(['wi', 'fi', '密码', '是', '什么']);
    expect(tokensOf('สวัสดีครับ')).toEqual(['สวัสดี', 'ครับ']);
    expect(tokensOf('がん かん')).toEqual(['がん', 'かん']);
    expect(tokensOf('नमस्ते दुनिया')).toEqual(['नमस्ते', 'दुनिया']);
  });

  it('has an Arabic word with its article and without', () => {
    expect(tokensOf('يوسف الأمين')).toEqual(['يوسف', 'الامين', 'امين']);
    expect(tokensOf('الى ال')).toEqual(['الى', 'ال']);
    expect(searchWordsOf('الأمين')).toEqual(['الامين']);
  });

  it('cuts what is too long to be a word, at whole characters', () => {
    expect(tokensOf('x'.repeat(1_000))).toEqual(['x'.repeat(64)]);
    expect(tokensOf('𝔄'.repeat(100) + 'é')).toEqual(['a'.repeat(64)]);
    expect(tokensOf('𐐨'.repeat(100))).toEqual(['𐐨'.repeat(64)]);
  });

  it('cuts as the segmenter of Unicode does, where words are set apart', () => {
    const text = fc.stringMatching(/^[a-zA-Zéßщש0-9' .,!?_-]{0,60}$/);
    const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
    fc.assert(
      fc.property(text, (sample) => {
        const folded = sample.toLowerCase().replaceAll('é', 'e');
        const expected = Array.from(segmenter.segment(folded), ({ segment }) => segment)
          .flatMap((segment) => segment.split(/[^a-zßщש0-9]+/))
          .filter((part) => part !== '');
        expect(tokensOf(sample)).toEqual([...new Set(expected)]);
      }),
    );
  });

  it('gives letters, digits, marks and emoji only, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        for (const token of tokensOf(text))
          expect(token).toMatch(/^(?:[\p{L}\p{N}\p{M}]{1,64}|[\p{RI}\p{ExtPict}\u200d]{1,64})$/u);
      }),
    );
  });

  it('reads on where somebody heaped up accents', () => {
    expect(tokensOf(`ze${'\u0301\u0316'.repeat(500)}bra caf\u00e9`)).toEqual(['zebra', 'cafe']);
  });

  const marksInDisorder = ['\u0301\u0316', '\uff9e\u0301', '\u05bc\u05b0', '\u0f72\u0f71'];
  const scripts = [
    'word by word ',
    'слово за словом ',
    '東京タワーに行きます',
    'ก',
    '👍🏽',
    '\u0301',
  ];
  it.each([...scripts, ...marksInDisorder])('reads a long text of %j in little time', (text) => {
    const startedAt = performance.now();
    tokensOf(text.repeat(65_536 / text.length));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('parseSearch', () => {
  it('wants whole words, and the beginning of the last one', () => {
    expect(parseSearch('Hello wor')).toEqual({ wholeWords: ['hello'], prefix: 'wor' });
    expect(parseSearch('Léa')).toEqual({ wholeWords: [], prefix: 'lea' });
  });

  it('takes the last word for the beginning of one, also where it stood before', () => {
    expect(parseSearch('to be or to')).toEqual({ wholeWords: ['to', 'be', 'or'], prefix: 'to' });
  });

  it('is data, never query syntax', () => {
    expect(parseSearch('"a" OR b* NOT (c) AND d:e ^f')).toEqual({
      wholeWords: ['a', 'or', 'b', 'not', 'c', 'and', 'd', 'e'],
      prefix: 'f',
    });
  });

  it('looks for the first words of a long text, and the beginning of its last', () => {
    const words = Array.from({ length: 5_000 }, (_, index) => `w${String(index)}`);
    const search = parseSearch(words.join(' '));
    expect(search).toEqual({ wholeWords: words.slice(0, maxSearchWords - 1), prefix: 'w4999' });
  });

  it('is nothing where there is no word', () => {
    expect(parseSearch(' *"\' ')).toBe(null);
    expect(parseSearch('')).toBe(null);
  });
});
