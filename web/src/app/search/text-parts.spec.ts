import { hitParts, textParts } from './text-parts';

const marked = (text: string, search: string): string =>
  textParts(text, search)
    .map((part) => (part.isHit ? `[${part.text}]` : part.text))
    .join('');

describe('textParts', () => {
  it('marks words that begin with what was searched for', () => {
    expect(marked('The desk and the desktop', 'desk')).toBe('The [desk] and the [desktop]');
    expect(marked('a standing desk', 'tand')).toBe('a standing desk');
  });

  it('passes over case and accents', () => {
    expect(marked('Café im CAFE, cafés', 'café')).toBe('[Café] im [CAFE], [cafés]');
  });

  it('marks emoji, of any skin, and whole', () => {
    expect(marked('Fine 👍🏽 thanks', '👍')).toBe('Fine [👍🏽] thanks');
    expect(marked('❤️ and 👍', '❤ 👍🏿')).toBe('[❤️] and [👍]');
    expect(marked('🇧🇷🇵🇹', '🇵🇹')).toBe('🇧🇷[🇵🇹]');
  });

  it('marks an Arabic word that is searched for without its article', () => {
    expect(marked('يوسف الأمين', 'أمين')).toBe('يوسف [الأمين]');
    expect(marked('يوسف أمين', 'الأمين')).toBe('يوسف أمين');
  });

  it('keeps the text exactly, whatever is in it', () => {
    const text = '<b>bold</b> & "more" \u{1f648}\n.*';
    for (const search of ['b', '.*', '<b>', '&', 'more \u{1f648}', '']) {
      const parts = textParts(text, search);
      expect(parts.map((part) => part.text).join('')).toBe(text);
    }
  });

  it('has one part for nothing to mark', () => {
    expect(textParts('', 'x')).toEqual([{ text: '', isHit: false }]);
    expect(textParts('hello', '')).toEqual([{ text: 'hello', isHit: false }]);
  });
});

describe('hitParts', () => {
  it('begins near the first hit', () => {
    const text = `${'long '.repeat(40)}before the desk after`;
    const [lead, hit] = hitParts(text, 'desk');
    expect(lead?.text).toMatch(/^…/);
    expect(lead?.text.length).toBeLessThan(30);
    expect(hit).toEqual({ text: 'desk', isHit: true });
  });

  it('leaves a short lead and a text without a hit alone', () => {
    expect(hitParts('my desk', 'desk')[0]?.text).toBe('my ');
    const none = 'x'.repeat(100);
    expect(hitParts(none, 'desk')).toEqual([{ text: none, isHit: false }]);
  });
});
