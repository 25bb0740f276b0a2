import type { Row } from './rows';

/** The line of the day that is read, kept at the top of the view once its own place has passed. */
export interface DayInView {
  readonly key: string;
  readonly dayMs: number;
  /** How far the line of the next day pushes it out, in pixels. */
  readonly pushedPx: number;
}

/** Of the styles, in pixels: where the line stands in its row, where it stays, and its height with a gap. */
export const dayLine = { inRowPx: 14, stickyPx: 6, heightPx: 30 };

export interface RowPlaces {
  readonly rows: readonly Row[];
  /** The row where the view begins. */
  readonly index: number;
  /** Where a row begins, in pixels from the top of the view. */
  readonly topOf: (index: number) => number;
}

export function dayInView({ rows, index, topOf }: RowPlaces): DayInView | null {
  const { inRowPx, stickyPx, heightPx } = dayLine;
  const current = rows.findLastIndex(
    (row, other) => row.kind === 'day' && other <= index + 1 && topOf(other) + inRowPx <= stickyPx,
  );
  const row = rows[current];
  if (row?.kind !== 'day') return null;
  const next = rows.findIndex((other, at) => at > current && other.kind === 'day');
  const nextPx = next < 0 ? Infinity : topOf(next) + inRowPx;
  return { key: row.key, dayMs: row.dayMs, pushedPx: Math.min(0, nextPx - stickyPx - heightPx) };
}
