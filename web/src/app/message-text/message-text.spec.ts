import fc from 'fast-check';
import { plainText, textBlocks } from './message-text';
import type { TextRun } from './message-text';

const textRuns = (text: string): readonly TextRun[] => textBlocks(text).flatMap(({ runs }) => runs);

/** Each run as its text with what it is: `bold:text`. */
function drawn(text: string): readonly string[] {
  return textRuns(text).map((run) => {
    const names = [...run.looks, ...(run.isCode ? ['code'] : []), ...(run.href ? ['link'] : [])];
    return names.length === 0 ? run.text : `${names.join('+')}:${run.text}`;
  });
}

/** Each block as it is drawn: its kind and mark, and its text. */
const blocksOf = (text: string): readonly string[] =>
  textBlocks(text).map(({ kind, mark, runs }) =>
    [kind, mark, runs.map((run) => run.text).join('')].filter((part) => part !== '').join(' '),
  );

/** How many letters the searches in a text pass over, and how many are cut out of it. */
function lettersLookedAt(text: string): number {
  let count = 0;
  /* eslint-disable @typescript-eslint/unbound-method -- Called with the text that they are called for. */
  const { indexOf, slice } = String.prototype;
  const { exec } = RegExp.prototype;
  /* eslint-enable */
  Object.assign(String.prototype, {
    indexOf(this: string, search: string, from = 0) {
      const found = indexOf.call(this, search, from);
      count += (found < 0 ? this.length : found + search.length) - from;
      return found;
    },
    slice(this: string, from?: number, to?: number) {
      const cut = slice.call(this, from, to);
      count += cut.length;
      return cut;
    },
  });
  Object.assign(RegExp.prototype, {
    exec(this: RegExp, searched: string) {
      const from = this.global || this.sticky ? this.lastIndex : 0;
      const found = exec.call(this, searched);
      // A sticky one looks at one place.
      const end = this.sticky ? from + 1 : searched.length;
      count += (found === null ? end : found.index + found[0].length) - from;
      return found;
    },
  });
  try {
    textRuns(text);
    return count;
  } finally {
    Object.assign(String.prototype, { indexOf, slice });
    Object.assign(RegExp.prototype, { exec });
  }
}

describe('textBlocks', () => {
  it.each<[string, string[]]>([
    ['plain\ntext', ['plain\ntext']],
    ['', []],
    ['*bold* _italic_ ~struck~', ['bold:bold', ' ', 'italic:italic', ' ', 'struck:struck']],
    ['`code` and ```a\n b```', ['code:code', ' and ', 'code:a\n b']],
    ['*_both_ and one*', ['bold+italic:both', 'bold: and one']],
    ['(*bold*), "_so_".', ['(', 'bold:bold', '), "', 'italic:so', '".']],
    ['**twice**', ['*', 'bold:twice', '*']],
    ['*a* *b*', ['bold:a', ' ', 'bold:b']],
    ['*see www.example.com*', ['bold:see ', 'bold+link:www.example.com']],
    ['👍*ok*', ['👍', 'bold:ok']],
    ['- *a*', ['bold:a']],
    ['> _so_ it is', ['italic:so', ' it is']],
    ['Call +44 7700 900123', ['Call ', 'link:+44 7700 900123']],
  ])('draws %j', (text, runs) => {
    expect(drawn(text)).toEqual(runs);
  });

  it.each([
    '2 * 3 * 4',
    'snake_case_name',
    '5*3*2',
    '*no\nline*',
    '*open',
    '***',
    '____',
    '~~',
    '`',
    '```',
    '`````',
    '``` ```',
  ])('leaves %j as it is', (text) => {
    expect(drawn(text)).toEqual([text]);
  });

  it('takes what was opened inside and not closed there for text', () => {
    expect(drawn('*a _b* c_')).toEqual(['bold:a _b', ' c_']);
  });

  it.each(['*a* ', '_a_ *b* ', '`a` ', '- a\n', 'www.a.bc ', '+44 7700 900123 '])(
    'draws a flood of %j as it was written: each stretch is an element of the page',
    (piece) => {
      const text = piece.repeat(1000);
      expect(drawn(text)).toEqual([text]);
      expect(drawn(piece.repeat(100)).length).toBeGreaterThan(50);
    },
  );

  it('looks for nothing inside of code and addresses', () => {
    expect(drawn('`*a* www.example.com`')).toEqual(['code:*a* www.example.com']);
    expect(drawn('https://example.com/_a_/*b*/c')).toEqual(['link:https://example.com/_a_/*b*/c']);
  });

  it.each<[string, string[]]>([
    ['one\ntwo', ['lines one\ntwo']],
    ['- one\n- two', ['point • one', 'point • two']],
    ['* one\n* two *', ['point • one', 'point • two *']],
    ['1. one\n2. two\n10. ten', ['point 1. one', 'point 2. two', 'point 10. ten']],
    ['> one\n> two\nthree', ['quote one\ntwo', 'lines three']],
    ['You need:\n- wood\n\nBye', ['lines You need:', 'point • wood', 'lines \nBye']],
    ['see ```- code``` here\n- point', ['lines see - code here', 'point • point']],
    ['```\n- code\n```\n- point', ['lines \n- code\n', 'point • point']],
  ])('tells the blocks of %j', (text, blocks) => {
    expect(blocksOf(text)).toEqual(blocks);
  });

  it.each(['-', '- ', '-one', '-- two', '1.one', '1234. one', '>', '>one', 'a - b', ' - one'])(
    'takes %j for text',
    (text) => {
      expect(textBlocks(text).map(({ kind }) => kind)).toEqual(['lines']);
    },
  );

  it('loses nothing of any text but markers', () => {
    const pieces = fc.constantFrom(
      ...['- ', '* ', '> ', '1. ', '+44 7700 900123'],
      ...['*', '_', '~', '`', '```', ' ', '\n', 'a', 'é', '👍🏽', '\u202e', '(', ').', 'שלום'],
      ...['https://example.com', 'www.example.com', 'anna@example.com', '<b>', '&amp;'],
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const shown = textBlocks(text)
          .map(({ mark, runs }) => [mark.replace('•', ''), ...runs.map((run) => run.text)].join(''))
          .join('');
        let at = 0;
        const lost = Array.from(text).filter((letter) => {
          if (!shown.startsWith(letter, at)) return true;
          at += letter.length;
          return false;
        });
        expect(lost.join('')).toMatch(/^[*_~`\n> -]*$/);
        expect(at).toBe(shown.length);
      }),
      { numRuns: 500 },
    );
  });

  it('has only links to the web, to mailboxes, and to chats', () => {
    const schemes = fc.constantFrom(
      'javascript:',
      'data:',
      'http://',
      'https://',
      'www.',
      'x@',
      '+',
    );
    fc.assert(
      fc.property(fc.tuple(schemes, fc.webPath(), fc.string()), (parts) => {
        for (const { href } of textRuns(parts.join(''))) {
          if (href !== null) expect(href).toMatch(/^(?:https?:\/\/|mailto:|\/to\/\d+$)/);
        }
      }),
    );
  });

  it.each([
    ...['*a ', '`a` ', '``` ', '- a\n', '+1 2 3 ', '+44 7700 900123 '],
    ...['www.a.b ', 'https://a.b/c ', 'a@b.cd ', 'a@', 'www.a.b a@b.cd +44 7700 900123 '],
  ])('looks at twice as much for twice as many %j', (piece) => {
    const [once, twice] = [2_000, 4_000].map((times) => lettersLookedAt(piece.repeat(times)));
    expect(once).toBeGreaterThan(2_000);
    // Quadratic work would be four times as much.
    expect((twice ?? 0) / (once ?? 0)).toBeLessThan(2.1);
  });

  it.each([
    '*',
    '_a',
    '*a ',
    '`',
    '```',
    '``` ',
    '\n',
    '*_~',
    '- a\n',
    '> a\n',
    '1. ',
    '+1 2 3 ',
    '+44 7700 900123 ',
    'http://',
    'www.a.b ',
    // A search for one byte stops at each half of it.
    'www.䁀 ',
    'a@',
    'a@a.',
    'https://a.b/(',
    ')',
  ])('takes time in proportion to its length for many %j', (piece) => {
    // The best one of several: other work of the machine gets in between.
    const timeOf = (bytes: number): number => {
      const text = `https://a.b/ *${piece.repeat(Math.ceil(bytes / piece.length))}`;
      const times = Array.from({ length: 3 }, () => {
        const start = performance.now();
        textRuns(text);
        return performance.now() - start;
      });
      return Math.min(...times);
    };
    // Thirty-two times the text; quadratic work would take a thousand times as long.
    expect(timeOf(64_000)).toBeLessThan(Math.max(500 * timeOf(2_000), 100));
  });
});

describe('plainText', () => {
  it.each([
    ['*bold* _and_ `code`', 'bold and code'],
    ['plain', 'plain'],
    ['You need:\n- *wood*\n- nails', 'You need:\n• wood\n• nails'],
    ['> a quote\nand 1. no list\n1. a list', 'a quote\nand 1. no list\n1. a list'],
    ['5*3*2', '5*3*2'],
  ])('says %j without its markers', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });
});
