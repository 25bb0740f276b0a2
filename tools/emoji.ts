// Writes web/src/app/emoji/{emoji-list,names/*}.json: which emoji the picker offers, and what each language calls them.
// usage: npm install --no-save cldr-annotations-full@48.2.0 unicode-emoji-json@0.9.0
//        node --import tsx tools/emoji.ts
// Both packages together are 57 MB: too much for everybody who installs the inbox. Run it for a newer CLDR.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const root = path.dirname(import.meta.dirname);
const packages = path.join(root, 'node_modules');
const folder = path.join(root, 'web/src/app/emoji');

/** Of 2022: what came later is an empty box on many computers still. */
const newestVersion = 15;

/** The languages of the app, as CLDR calls them. */
const languages = { en: 'en', de: 'de', es: 'es', 'pt-BR': 'pt', hi: 'hi', ar: 'ar' };

const groupNames = new Map([
  ['Smileys & Emotion', 'smileys'],
  ['People & Body', 'people'],
  ['Animals & Nature', 'nature'],
  ['Food & Drink', 'food'],
  ['Travel & Places', 'travel'],
  ['Activities', 'activities'],
  ['Objects', 'objects'],
  ['Symbols', 'symbols'],
  ['Flags', 'flags'],
]);

const emojiFacts = z.record(
  z.string(),
  z.object({ group: z.string(), emoji_version: z.string(), skin_tone_support: z.boolean() }),
);
const annotations = z.object({
  annotations: z.object({
    annotations: z.record(
      z.string(),
      z.object({ default: z.array(z.string()).optional(), tts: z.array(z.string()).optional() }),
    ),
  }),
});
type Annotations = z.infer<typeof annotations>['annotations']['annotations'];

const facts = emojiFacts.parse(fromPackage('unicode-emoji-json/data-by-emoji.json'));
const ordered = z
  .array(z.string())
  .parse(fromPackage('unicode-emoji-json/data-ordered-emoji.json'));
const names = Object.entries(languages).map(([language, cldr]) => ({
  language,
  known: annotations.parse(
    fromPackage(`cldr-annotations-full/annotations/${cldr}/annotations.json`),
  ).annotations.annotations,
}));

const chosen = ordered.filter(
  (emoji) =>
    Number(facts[emoji]?.emoji_version) <= newestVersion &&
    (isNamedByTheApp(emoji) || names.every(({ known }) => lineOf(emoji, known) !== '')),
);
write('emoji-list.json', {
  groups: [...groupNames].map(([unicode, name]) => ({
    name,
    emoji: chosen.filter((emoji) => facts[emoji]?.group === unicode),
  })),
  // With a colour of skin.
  toned: chosen.filter((emoji) => facts[emoji]?.skin_tone_support),
});
const inGroups = [...groupNames.keys()].flatMap((unicode) =>
  chosen.filter((emoji) => facts[emoji]?.group === unicode),
);
for (const { language, known } of names) {
  write(
    `names/${language}.json`,
    inGroups.map((emoji) => lineOf(emoji, known)),
  );
}

/** Flags of countries, and keys: what they are called needs no list. */
function isNamedByTheApp(emoji: string): boolean {
  return /^(?:\p{RI}{2}|[\d#*]\ufe0f\u20e3)$/u.test(emoji);
}

/** `name|word word word`; empty where CLDR has no name for it. */
function lineOf(emoji: string, known: Annotations): string {
  if (isNamedByTheApp(emoji)) return '';
  const facts = known[emoji] ?? known[emoji.replaceAll('\ufe0f', '')] ?? {};
  const [name] = facts.tts ?? [];
  if (name === undefined) return '';
  return [name, ...[otherWords(name, facts.default ?? []).join(' ')].filter(Boolean)].join('|');
}

/** The words of the keywords that are not found by the name, nor by longer words: one types their beginnings. */
function otherWords(name: string, keywords: readonly string[]): readonly string[] {
  const inName = wordsOf(name);
  const words = new Set(keywords.flatMap(wordsOf));
  const all = [...inName, ...words];
  return [...words].filter(
    (word) =>
      !inName.includes(word) && !all.some((other) => other !== word && other.startsWith(word)),
  );
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/[\s,:|]+/u);
}

function fromPackage(file: string): unknown {
  return JSON.parse(readFileSync(path.join(packages, file), 'utf8'));
}

function write(file: string, content: unknown): void {
  writeFileSync(path.join(folder, file), `${JSON.stringify(content, null, 2)}\n`);
}
