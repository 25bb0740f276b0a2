import { messageMaxLength } from './message-length';

/** As many as one sends in a row; what is longer is no text for a chat. */
export const mostParts = 10;

/** What is longer cannot be sent at all, and makes a browser slow that lays it out. */
export const longestText = mostParts * messageMaxLength;

/** What may end a message, the best first. A sentence in Chinese or Japanese ends without a space. */
const ends = [/\n\s*\n/gu, /\n/gu, /[.!?…؟।]["'”’»)\]]*\s|[。！？][」』）]*/gu, /\s/gu];

/**
 * Cuts a long text into messages at the ends of paragraphs, lines, sentences or words; within a word only
 * where it is longer than a message, and never within a letter.
 */
export function splitText(text: string, maxLength = messageMaxLength): readonly string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > maxLength) {
    const end = endOf(rest, maxLength);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...parts, rest];
}

/** The parts of a text that is too long for one message; null where there would be too many. */
export function partsOf(text: string): readonly string[] | null {
  if (text.length > longestText) return null;
  const parts = splitText(text);
  return parts.length > mostParts ? null : parts;
}

function endOf(text: string, maxLength: number): number {
  // A space that ends a word right at the limit lies behind it.
  const start = text.slice(0, maxLength + 1);
  for (const end of ends) {
    // A message that is less than half full is no better for ending with a paragraph.
    const found = [...start.matchAll(end)].findLast(({ index }) => index > maxLength / 2);
    if (found !== undefined) return Math.min(found.index + found[0].length, maxLength);
  }
  return letterEnd(start, maxLength);
}

/** The longest letters, families and flags among them, have some thirty units. */
const longestLetter = 64;

function letterEnd(text: string, maxLength: number): number {
  const from = Math.max(0, maxLength - longestLetter);
  const near = text.slice(from);
  const starts =
    'Segmenter' in Intl
      ? Array.from(new Intl.Segmenter().segment(near), ({ index }) => index)
      : Array.from(near.matchAll(/./gsu), ({ index }) => index);
  // The first piece may itself be cut.
  const last = starts.slice(1).findLast((index) => from + index <= maxLength);
  return last === undefined ? maxLength : from + last;
}
