import fc from 'fast-check';
import { textRuns } from './message-text';
import type { TextRun } from './message-text';

/** Each run as its text with what it is: `bold:text`. */
function drawn(text: string): readonly string[] {
  return textRuns(text).map((run) => {
    const names = [...run.looks, ...(run.isCode ? ['code'] : []), ...(run.href ? ['link'] : [])];
    return names.length === 0 ? run.text : `${names.join('+')}:${run.text}`;
  });
}

const textOf = (runs: readonly TextRun[]): string => runs.map(({ text }) => text).join('');

describe('textRuns', () => {
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
  ])('draws %j', (text, runs) => {
    expect(drawn(text)).toEqual(runs);
  });

  it.each([
    '2 * 3 * 4',
    'snake_case_name',
    '5*3*2',
    '* not bold *',
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

  it('looks for nothing inside of code and addresses', () => {
    expect(drawn('`*a* www.example.com`')).toEqual(['code:*a* www.example.com']);
    expect(drawn('https://example.com/_a_/*b*/c')).toEqual(['link:https://example.com/_a_/*b*/c']);
  });

  it('loses nothing of any text but markers', () => {
    const pieces = fc.constantFrom(
      ...['*', '_', '~', '`', '```', ' ', '\n', 'a', 'é', '👍🏽', '\u202e', '(', ').', 'שלום'],
      ...['https://example.com', 'www.example.com', 'anna@example.com', '<b>', '&amp;'],
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const shown = textOf(textRuns(text));
        let at = 0;
        const lost = Array.from(text).filter((letter) => {
          if (!shown.startsWith(letter, at)) return true;
          at += letter.length;
          return false;
        });
        expect(lost.join('')).toMatch(/^[*_~`]*$/);
        expect(at).toBe(shown.length);
      }),
      { numRuns: 500 },
    );
  });

  it('has only links to the web and to mailboxes', () => {
    const schemes = fc.constantFrom('javascript:', 'data:', 'http://', 'https://', 'www.', 'x@');
    fc.assert(
      fc.property(fc.tuple(schemes, fc.webPath(), fc.string()), (parts) => {
        for (const { href } of textRuns(parts.join(''))) {
          if (href !== null) expect(href).toMatch(/^(?:https?:\/\/|mailto:)/);
        }
      }),
    );
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
    'http://',
    'www.a.b ',
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
