const words = new Intl.Segmenter(undefined, { granularity: 'word' });

const beyondAscii = /[^\u0000-\u007f]/;
const asciiWords = /[a-z0-9]+/g;

// Longer ones are cut: nobody types them, and every store bounds its keys.
const maxTokenLength = 64;

/**
 * The words of a text, folded so that case and accents do not matter: what both stores index and
 * what a search is cut into. Scripts without spaces are cut by their own rules.
 */
export function tokensOf(text: string): string[] {
  const folded = fold(text);
  // What the segmenter would say of plain text, in a tenth of the time.
  if (!beyondAscii.test(folded)) return [...new Set(folded.match(asciiWords)?.map(cut))];
  const tokens = new Set<string>();
  for (const { segment, isWordLike } of words.segment(folded)) {
    if (isWordLike !== true) continue;
    // A segment may hold an apostrophe, a dot or an underscore: "don't", "example.com".
    for (const part of segment.split(/[^\p{L}\p{N}\p{M}]+/u)) {
      if (part !== '') tokens.add(cut(part));
    }
  }
  return [...tokens];
}

/** A search: every word has to be there, the last one as a beginning. */
export interface SearchTerms {
  readonly wholeWords: readonly string[];
  readonly prefix: string;
}

/** Null when the text holds no word at all: such a search finds nothing. */
export function parseSearch(text: string): SearchTerms | null {
  const tokens = tokensOf(text);
  const prefix = tokens.at(-1);
  return prefix === undefined ? null : { wholeWords: tokens.slice(0, -1), prefix };
}

function cut(token: string): string {
  return token.length <= maxTokenLength
    ? token
    : Array.from(token).slice(0, maxTokenLength).join('');
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .normalize('NFC');
}
