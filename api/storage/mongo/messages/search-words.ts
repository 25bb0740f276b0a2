import type { Core } from '../core.ts';
import { duplicateCode, writeErrorsOf } from '../unique.ts';

/** Words that are remembered as stored: some megabytes. */
const mostRemembered = 50_000;
/** A beginning of more words than this is looked for as a range instead. */
const mostContinuations = 64;

/** Before the message that they are in, so that whoever finds that one knows its words. */
export async function storeWords(core: Core, words: readonly string[]): Promise<void> {
  const { collections, storedWords } = core;
  const unknown = [...new Set(words)].filter((word) => !storedWords.has(word));
  if (unknown.length === 0) return;
  try {
    // In one order, so that no two wait for each other where a server inserts many as one.
    const documents = unknown.sort().map((word) => ({ _id: word }));
    await collections.searchWords.insertMany(documents, { ordered: false });
  } catch (error) {
    if (writeErrorsOf(error).some(({ code }) => code !== duplicateCode)) throw error;
  }
  if (storedWords.size + unknown.length > mostRemembered) storedWords.clear();
  for (const word of unknown) storedWords.add(word);
}

/** The words that begin so; null where they are many. */
export async function continuationsOf(
  { collections }: Pick<Core, 'collections'>,
  prefix: string,
): Promise<readonly string[] | null> {
  const words = await collections.searchWords
    .find({ _id: { $gte: prefix, $lt: afterPrefix(prefix) } })
    .limit(mostContinuations + 1)
    .toArray();
  return words.length > mostContinuations ? null : words.map(({ _id }) => _id);
}

/** Larger than every word that begins so: nothing sorts after the last code point. */
export function afterPrefix(prefix: string): string {
  return `${prefix}\u{10FFFF}`;
}
