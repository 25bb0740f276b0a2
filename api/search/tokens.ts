const words = new Intl.Segmenter(undefined, { granularity: 'word' });

// Longer ones are cut: nobody types them, and every store bounds its keys.
const maxTokenLength = 64;

/**
 * The words of a text, folded so that case and accents do not matter: what both stores index and
 * what a search is cut into. Scripts without spaces are cut by their own rules.
 */
export function tokensOf(text: string): string[] {
  const tokens = new Set<string>();
  for (const { segment, isWordLike } of words.segment(fold(text))) {
    if (isWordLike !== true) continue;
    // A segment may hold an apostrophe, a dot or an underscore: "don't", "example.com".
    for (const part of segment.split(/[^\p{L}\p{N}\p{M}]+/u)) {
      if (part !== '') tokens.add(Array.from(part).slice(0, maxTokenLength).join(''));
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

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .normalize('NFC');
}
