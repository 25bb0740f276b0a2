import type { Row } from './rows';

// Of the styles, on a screen of common width, in pixels.
const linePx = 21;
const lettersPerLine = 60;
const pillPx = 46;
const framePx = 20;
const quotePx = 50;
const detailPx = 18;
const problemPx = 100;
const reactionsPx = 18;

/** How high a row is about, before it was drawn: only the scroll bar shows where this is wrong. */
export function estimatedHeightPx(row: Row): number {
  if (row.kind !== 'bubble') return pillPx;
  const { text, quote, details, problem, reactions, kind } = row.bubble;
  const lines = text === '' ? 1 : Math.ceil(text.length / lettersPerLine);
  return (
    framePx +
    lines * linePx +
    (kind === null ? 0 : linePx) +
    (quote === null ? 0 : quotePx) +
    details.length * detailPx +
    (problem === null ? 0 : problemPx) +
    (reactions.length === 0 ? 0 : reactionsPx)
  );
}
