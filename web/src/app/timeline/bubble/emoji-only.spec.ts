import { emojiCount } from './emoji-only';

describe('emojiCount', () => {
  it.each([
    ['👍', 1],
    ['❤️', 1],
    ['👩🏽‍💻', 1],
    ['👨‍👩‍👧‍👦', 1],
    ['🇩🇪', 1],
    ['5️⃣', 1],
    ['🎉 🎉', 2],
    [' 👍👍🏿🙂\n', 3],
  ])('counts %s as %i', (text, count) => {
    expect(emojiCount(text)).toBe(count);
  });

  it.each([
    '',
    ' ',
    '👍👍👍👍',
    'ok 👍',
    '👍!',
    '5',
    '#',
    '*',
    '©',
    '1234',
    '🇩',
    '🎉'.repeat(20_000),
  ])('takes what is more or other for text (%#)', (text) => {
    expect(emojiCount(text)).toBe(0);
  });
});
