import type { NamedEmoji } from './emoji-names';
import { namedEmoji } from './emoji-names';
import { EmojiSearch } from './emoji-search';

const found = async (language: string, search: string): Promise<readonly string[]> =>
  new EmojiSearch(await namedEmoji(language)).find(search).map(({ emoji }) => emoji);

describe('EmojiSearch', () => {
  it.each([
    ['en', 'thumbs up', '👍'],
    ['en', 'LOL', '😂'],
    ['de', 'schildkrote', '🐢'],
    ['es', 'corazon', '❤️'],
    ['pt-BR', 'aniversário', '🎂'],
    ['hi', 'दिल', '❤️'],
    ['ar', 'قلب', '❤️'],
    ['de', 'Ägypten', '🇪🇬'],
  ])('finds in %s by %s what it is', async (language, search, emoji) => {
    expect(await found(language, search)).toContain(emoji);
  });

  it('has first what is called so, and last what has it within a word', () => {
    const named = (emoji: string, name: string, words = ''): NamedEmoji => ({
      emoji,
      name,
      words,
    });
    const search = new EmojiSearch([
      named('🍍', 'pineapple', 'fruit'),
      named('🥧', 'pie', 'apple'),
      named('🍏', 'green apple'),
      named('🍎', 'apple'),
    ]);
    expect(search.find('apple').map(({ emoji }) => emoji)).toEqual(['🍎', '🥧', '🍏', '🍍']);
    expect(search.find('green appl').map(({ emoji }) => emoji)).toEqual(['🍏']);
    expect(search.find('  ')).toEqual([]);
    expect(search.find('turtle')).toEqual([]);
  });
});
