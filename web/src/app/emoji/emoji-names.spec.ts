import { languages } from '../../locale/languages';
import { emojiGroups } from './emoji-list';
import { namedEmoji } from './emoji-names';

describe('namedEmoji', () => {
  it.each(languages.map(({ code }) => code))('names every emoji in %s', async (code) => {
    const all = await namedEmoji(code);
    expect(all).toHaveLength(emojiGroups.flatMap(({ emoji }) => emoji).length);
    expect(all.filter(({ name }) => name.trim() === '')).toEqual([]);
  });

  it('has the names beside the right emoji', async () => {
    const german = await namedEmoji('de');
    const nameOf = (wanted: string) => german.find(({ emoji }) => emoji === wanted)?.name;
    expect(nameOf('😀')).toBe('grinsendes Gesicht');
    expect(nameOf('🐢')).toBe('Schildkröte');
    expect(nameOf('🏁')).toBe('Zielflagge');
  });

  it('names flags by their country, and keys by what is on them', async () => {
    const all = await namedEmoji('en');
    const nameOf = (wanted: string) => all.find(({ emoji }) => emoji === wanted)?.name;
    expect(nameOf('🇪🇬')).toBe('Egypt');
    expect(nameOf('7️⃣')).toBe('7');
  });
});
