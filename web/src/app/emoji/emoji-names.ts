import { emojiGroups } from './emoji-list';

/** What a language calls an emoji, and other words that it is looked for with. */
export interface NamedEmoji {
  readonly emoji: string;
  readonly name: string;
  readonly words: string;
}

type Lines = () => Promise<{ readonly default: readonly string[] }>;

// Line by line as the list, each `name|word word`. See tools/emoji.ts.
const files: Readonly<Record<string, Lines>> = {
  en: () => import('./names/en.json'),
  de: () => import('./names/de.json'),
  es: () => import('./names/es.json'),
  'pt-BR': () => import('./names/pt-BR.json'),
  hi: () => import('./names/hi.json'),
  ar: () => import('./names/ar.json'),
};

/** All emoji in the order of the list, as the language of the page calls them. */
export async function namedEmoji(language: string): Promise<readonly NamedEmoji[]> {
  const load = files[language];
  if (load === undefined) throw new Error(`Nobody knows what ${language} calls an emoji.`);
  const { default: lines } = await load();
  const country = new Intl.DisplayNames(language, { type: 'region' });
  const all = emojiGroups.flatMap(({ emoji }) => emoji);
  return all.map((emoji, at) => {
    const [name = '', words = ''] = (lines[at] ?? '').split('|');
    return { emoji, name: name === '' ? nameOf(emoji, country) : name, words };
  });
}

const regionalA = 0x1f1e6;

/** The country of a flag, the sign on a key. */
function nameOf(emoji: string, country: Intl.DisplayNames): string {
  const letters = Array.from(emoji, (letter) => (letter.codePointAt(0) ?? 0) - regionalA);
  if (!letters.every((letter) => letter >= 0 && letter < 26)) return emoji.charAt(0);
  return country.of(String.fromCharCode(...letters.map((letter) => 65 + letter))) ?? emoji;
}
