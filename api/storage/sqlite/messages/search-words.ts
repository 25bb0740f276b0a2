import type { Database } from '../database.ts';

/** The index holds the beginnings of up to this many characters: those it finds by itself. */
const indexedPrefix = 4;
/** What begins more words than this is left to the index: each of them is rare then. */
const maxContinuations = 64;
/** Words that are known to be in the list, so that it is not asked for each: some megabytes. */
const rememberedWords = 50_000;

/** Every word of the index, once. */
export interface WordList {
  add(words: readonly string[]): void;
  /** What was added may have been undone. */
  forget(): void;
}

export function createWordList(database: Database): WordList {
  const known = new Set<string>();
  return {
    add(words) {
      for (const word of words) {
        if (known.has(word)) continue;
        database.run('INSERT INTO search_words (word) VALUES (?) ON CONFLICT DO NOTHING', word);
        if (known.size >= rememberedWords) known.clear();
        known.add(word);
      }
    },
    forget() {
      known.clear();
    },
  };
}

/**
 * The words that begin so, where they are few; null where the index is to look for them itself. It
 * would first collect every message with any of them, 150 ms for a common word in a million
 * messages; the words themselves it reads from the newest message on.
 */
export function continuationsOf(database: Database, prefix: string): readonly string[] | null {
  if (Array.from(prefix).length <= indexedPrefix) return null;
  const rows = database.all<{ word: string }>(
    'SELECT word FROM search_words WHERE word >= ? AND word < ? LIMIT ?',
    prefix,
    `${prefix}\u{10FFFF}`,
    maxContinuations + 1,
  );
  return rows.length > maxContinuations || rows.length === 0 ? null : rows.map(({ word }) => word);
}
