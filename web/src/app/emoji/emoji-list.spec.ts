import { emojiGroups, inTone, skinTones } from './emoji-list';

describe('the list of emoji', () => {
  it('has each once', () => {
    const all = emojiGroups.flatMap(({ emoji }) => emoji);
    expect(all.length).toBeGreaterThan(1500);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('inTone', () => {
  const [yellow = '', , , medium = ''] = skinTones;

  it.each([
    ['👋', '👋🏽'],
    ['☝️', '☝🏽'],
    ['🕵️‍♀️', '🕵🏽‍♀️'],
    ['💑', '💑🏽'],
    ['🤝', '🤝🏽'],
    ['🧑‍🤝‍🧑', '🧑🏽‍🤝‍🧑🏽'],
  ])('gives %s its colour of skin', (emoji, coloured) => {
    expect(inTone(emoji, medium)).toBe(coloured);
    expect(inTone(emoji, yellow)).toBe(emoji);
  });

  it.each(['😀', '❤️', '👨‍👩‍👦', '🇩🇪'])('leaves %s as it is', (emoji) => {
    expect(inTone(emoji, medium)).toBe(emoji);
  });
});
