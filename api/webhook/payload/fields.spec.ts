import type { z } from 'zod';
import { cleanText } from '../../messages/text-body.ts';
import { label, phoneNumber, text, timestamp, userId, wamid } from './fields.ts';

function read(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  return result.success ? result.data : 'refused';
}

describe('text', () => {
  it.each([
    ['a NUL', 'a\0b\0', 'ab'],
    ['a lone high surrogate', 'a\ud83d', 'a\ufffd'],
    ['a lone low surrogate', '\ude00b', '\ufffdb'],
    ['surrogates the wrong way round', '\ude00\ud83d', '\ufffd\ufffd'],
    ['an emoji', '\ud83d\ude00', '😀'],
    ['right-to-left marks, line breaks and markup', '\u202eשלום\n<b>', '\u202eשלום\n<b>'],
  ])('is cleaned: %s', (_what, given, expected) => {
    expect(cleanText(given)).toBe(expected);
  });

  it('is never cut, however long', () => {
    const long = 'é'.repeat(100_000);
    expect(read(text, long)).toBe(long);
  });

  it('is cut where it is a name, and leaves no half character', () => {
    expect(read(label, 'n'.repeat(5_000))).toBe('n'.repeat(1_024));
    const cut = read(label, `n${'😀'.repeat(1_000)}`);
    expect(cut).toBe(`n${'😀'.repeat(511)}\ufffd`);
  });
});

describe('times', () => {
  it.each([
    ['1795132860', 1_795_132_860_000],
    [1_795_132_860, 1_795_132_860_000],
    ['1', 1_000],
  ])('are unix seconds: %j', (given, expected) => {
    expect(read(timestamp, given)).toBe(expected);
  });

  it.each([
    [''],
    ['0'],
    ['-1'],
    [' 1795132860'],
    ['1795132860.5'],
    ['1795132860000'],
    ['9999999999'],
    ['2026-11-20T00:00:00Z'],
    ['1e9'],
    ['٣٤٥'],
    [1_795_132_860.5],
    [Number.MAX_SAFE_INTEGER],
    [true],
    [null],
    [undefined],
    [['1795132860']],
  ])('are nothing else: %j', (given) => {
    expect(read(timestamp, given)).toBe('refused');
  });
});

describe('phone numbers', () => {
  it.each([
    ['15555550142', '15555550142'],
    ['+15555550142', '15555550142'],
    ['12345', '12345'],
    ['1'.repeat(20), '1'.repeat(20)],
  ])('are digits: %s', (given, expected) => {
    expect(read(phoneNumber, given)).toBe(expected);
  });

  it.each([
    [''],
    ['1234'],
    ['1'.repeat(21)],
    ['++15555550142'],
    ['1 555 555 0142'],
    ['US.123456'],
    ['１５５５５５５０１４２'],
    ['15555550142\n'],
    [15555550142],
  ])('are nothing else: %j', (given) => {
    expect(read(phoneNumber, given)).toBe('refused');
  });
});

describe('ids', () => {
  it.each([['wamid.HBgLMTU1NTU1NTAxNDIVAgASGBQzQQ=='], ['x'], ['w'.repeat(512)]])(
    'are opaque: %s',
    (given) => {
      expect(read(wamid, given)).toBe(given);
    },
  );

  it.each([[''], ['w'.repeat(513)], ['a b'], ['a\0'], ['a\n'], ['\ud83d'], ['é'], [7], [null]])(
    'are bounded and printable: %j',
    (given) => {
      expect(read(wamid, given)).toBe('refused');
    },
  );

  it('of users may be as long as a parent id', () => {
    const longest = `US.ENT.${'9'.repeat(128)}`;
    expect(read(userId, longest)).toBe(longest);
    expect(read(userId, 'U'.repeat(257))).toBe('refused');
  });
});
