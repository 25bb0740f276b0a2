import type { Database, SqlValue } from '../database.ts';

/** Up to this many people are looked up first; a commoner word is tested row by row in list order. */
const fewContacts = 2_000;

/** Conversations of people of whom every word begins a word: of the name, the username or a number. */
export function contactFilter(
  database: Database,
  words: readonly string[],
): { readonly sql: string; readonly values: readonly SqlValue[] } {
  const rarest = rarestWord(database, words);
  const others = words.filter((word) => word !== rarest.word);
  const tests = others.map(
    () =>
      'EXISTS (SELECT 1 FROM contact_words w WHERE w.contact = v.contact AND w.word >= ? AND w.word < ?)',
  );
  const first = rarest.isFew
    ? 'v.contact IN (SELECT w.contact FROM contact_words w WHERE w.word >= ? AND w.word < ?)'
    : '+v.contact IN (SELECT w.contact FROM contact_words w WHERE w.contact = v.contact AND w.word >= ? AND w.word < ?)';
  return {
    sql: [first, ...tests].join(' AND '),
    values: [rarest.word, ...others].flatMap((word) => [word, afterPrefix(word)]),
  };
}

function rarestWord(
  database: Database,
  words: readonly string[],
): { readonly word: string; readonly isFew: boolean } {
  const counts = words.map((word) => ({ word, count: countUpTo(database, word) }));
  const rarest = counts.reduce((least, next) => (next.count < least.count ? next : least));
  return { word: rarest.word, isFew: rarest.count < fewContacts };
}

function countUpTo(database: Database, word: string): number {
  const row = database.get<{ n: number }>(
    'SELECT count(*) AS n FROM (SELECT 1 FROM contact_words WHERE word >= ? AND word < ? LIMIT ?)',
    word,
    afterPrefix(word),
    fewContacts,
  );
  return row?.n ?? 0;
}

/** Larger than every word that begins so: nothing sorts after the last code point. */
function afterPrefix(word: string): string {
  return `${word}\u{10FFFF}`;
}
