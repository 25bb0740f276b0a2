import fc from 'fast-check';
import { cleanText, textProblem } from './text-body.ts';

describe('cleanText', () => {
  it('takes NUL out and makes half emoji whole signs', () => {
    expect(cleanText('a\0b\uD83Dc\uDE00')).toBe('ab\uFFFDc\uFFFD');
  });

  it('leaves everything else as it was written', () => {
    const text = '  Grüße,\r\n\tالسلام 👨‍👩‍👧 é \u202E <b>&amp;</b> ';
    expect(cleanText(text)).toBe(text);
  });

  it('makes any text one that survives storing and sending', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = cleanText(text);
        expect(Buffer.from(clean).toString()).toBe(clean);
        expect(clean).not.toContain('\0');
        expect(cleanText(clean)).toBe(clean);
      }),
    );
  });
});

describe('textProblem', () => {
  it.each(['a', '.', '👍', ' x ', '\u00E9', '⠁', 'x'.repeat(4_096), '👍'.repeat(2_048)])(
    'accepts %j',
    (text) => {
      expect(textProblem(text)).toBeNull();
    },
  );

  it.each([
    ['', '1 to 4096'],
    ['   \n\t', 'empty to the eye'],
    ['\u200B\u200D\uFEFF\u2060', 'empty to the eye'],
    ['\u3164\u00A0\u3000\u00AD', 'empty to the eye'],
    ['\u2800\u2800', 'empty to the eye'],
    ['\u202E\u202C\uFE0F', 'empty to the eye'],
    ['x'.repeat(4_097), 'it has 4097 characters, 4096 are allowed'],
    ['👍'.repeat(2_049), 'it has 4098 characters'],
  ])('refuses %j', (text, problem) => {
    expect(textProblem(text)).toContain(problem);
  });
});
