// The same rules wherever it runs: scripts without spaces are cut by dictionary, whatever the locale.
const words = new Intl.Segmenter('en', { granularity: 'word' });

// Longer ones are cut: nobody types them, and every store bounds its keys.
const maxTokenLength = 64;

/**
 * The words and emoji of a text, folded so that case, accents and skin tones do not matter: what both stores index.
 * Scripts without spaces are cut by their own rules; an Arabic word is there with and without its article.
 */
export function tokensOf(text: string): string[] {
  return [...new Set(wordsOf(text).flatMap((word) => [word, ...withoutArticle(word)]))];
}

/** What a search for people is cut into: each word may be the beginning of one of theirs. */
export function searchWordsOf(text: string): string[] {
  return [...new Set(wordsOf(text))].slice(0, maxSearchWords);
}

/** A search: every word has to be there, the last one as a beginning. */
export interface SearchTerms {
  readonly wholeWords: readonly string[];
  readonly prefix: string;
}

/** A text that was pasted whole is found by its first words; thousands of them would stop the server. */
export const maxSearchWords = 32;

/** Null when the text holds neither word nor emoji: such a search finds nothing. */
export function parseSearch(text: string): SearchTerms | null {
  const tokens = wordsOf(text);
  const prefix = tokens.at(-1);
  if (prefix === undefined) return null;
  const wholeWords = [...new Set(tokens.slice(0, -1))].slice(0, maxSearchWords - 1);
  return { wholeWords, prefix };
}

/** Runs of letters, digits and marks, flags, and pictures with what is joined to them. */
const wordOrEmoji =
  /[\p{L}\p{N}\p{M}]+|\p{RI}\p{RI}|\p{Extended_Pictographic}(?:\u200d\p{Extended_Pictographic})*/gu;
const isEmoji = /^[\p{RI}\p{Extended_Pictographic}]/u;
const letterOrDigit = /[\p{L}\p{N}]/u;
const scriptsWithoutSpaces =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;

/** The segmenter takes the square of the length: a long text in one piece would stop the server. */
const segmentedAtOnce = 200;

function wordsOf(text: string): string[] {
  return (fold(text).match(wordOrEmoji) ?? [])
    .filter((run) => letterOrDigit.test(run) || isEmoji.test(run))
    .flatMap((run) => (scriptsWithoutSpaces.test(run) ? segmentsOf(run) : [run]))
    .map(cut);
}

/** Written as one with its word: el-Amin is looked for as Amin, too. */
function withoutArticle(word: string): readonly string[] {
  return /^ال..+/u.test(word) ? [word.slice('ال'.length)] : [];
}

function segmentsOf(run: string): string[] {
  const characters = Array.from(run);
  const pieces = Math.ceil(characters.length / segmentedAtOnce);
  return Array.from({ length: pieces }, (_, piece) =>
    characters.slice(piece * segmentedAtOnce, (piece + 1) * segmentedAtOnce).join(''),
  ).flatMap((part) => Array.from(words.segment(part), ({ segment }) => segment));
}

function cut(token: string): string {
  return token.length <= maxTokenLength
    ? token
    : Array.from(token).slice(0, maxTokenLength).join('');
}

/**
 * Accents of Latin, Greek and Cyrillic, the optional vowel marks of Hebrew and Arabic, and
 * variants of signs. Marks of other scripts are letters in all but name: without them words change and cannot be cut.
 */
const accents =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]/g;

/**
 * Normalising sorts the marks of a letter in quadratic time: a text of 65,536 of them would stop the
 * server for seconds. No language heaps up more than these: https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format
 * The two letters are half-width sound marks, which become marks.
 */
const marksBeyondReason = /([\p{M}\uff9e\uff9f]{30})[\p{M}\uff9e\uff9f]+/gu;

function fold(text: string): string {
  return text
    .replaceAll(marksBeyondReason, '$1')
    .normalize('NFKD')
    .replaceAll(accents, '')
    .replaceAll(/\p{Emoji_Modifier}/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFC');
}
