import { folded } from '../ui/folded';

/** A piece of a text, marked where it is what was searched for. */
export interface TextPart {
  readonly text: string;
  readonly isHit: boolean;
}

/** A run of letters and digits, a flag, or a picture with its colour and what is joined to it. */
const wordOrEmoji =
  /[\p{L}\p{N}\p{M}]+|\p{RI}\p{RI}|\p{ExtPict}[\p{EMod}\ufe0f]*(?:\u200d\p{ExtPict}[\p{EMod}\ufe0f]*)*/gu;

/** How much is shown before the first hit, in characters. */
const leadLength = 24;

/** Cuts a text into parts around the words that begin with one of the words searched for, after an Arabic article, too. */
export function textParts(text: string, search: string): readonly TextPart[] {
  const wanted = wordsOf(search).map((word) => folded(word.text));
  if (wanted.length === 0) return [{ text, isHit: false }];
  const hits = wordsOf(text).filter((word) => {
    const plain = folded(word.text);
    return wanted.some((start) => plain.startsWith(start) || plain.startsWith(`ال${start}`));
  });
  return markedParts(text, hits);
}

/** The same, begun near the first hit, so that a long message shows it in one line. */
export function hitParts(text: string, search: string): readonly TextPart[] {
  const parts = textParts(text, search);
  const [lead, ...rest] = parts;
  if (lead === undefined || lead.isHit || rest.length === 0) return parts;
  if (lead.text.length <= leadLength) return parts;
  const cut = lead.text.slice(-leadLength);
  return [{ text: `…${cut.slice(Math.max(0, cut.indexOf(' ')))}`, isHit: false }, ...rest];
}

interface Word {
  readonly text: string;
  readonly start: number;
}

function wordsOf(text: string): readonly Word[] {
  return Array.from(text.matchAll(wordOrEmoji), (match) => ({
    text: match[0],
    start: match.index,
  }));
}

function markedParts(text: string, hits: readonly Word[]): readonly TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const hit of hits) {
    if (hit.start > done) parts.push({ text: text.slice(done, hit.start), isHit: false });
    parts.push({ text: hit.text, isHit: true });
    done = hit.start + hit.text.length;
  }
  if (done < text.length || parts.length === 0)
    parts.push({ text: text.slice(done), isHit: false });
  return parts;
}
