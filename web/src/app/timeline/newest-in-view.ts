import type { Row } from './rows';

export interface RowsInView {
  readonly rows: readonly Row[];
  /** Where a row begins, in pixels from the top of the view; that of the last one's successor is its end. */
  readonly topOf: (index: number) => number;
  readonly viewPx: number;
}

/** Whether the customer's newest message is in view, or was scrolled past: half of it, or half a view of it. */
export function isNewestInView({ rows, topOf, viewPx }: RowsInView): boolean {
  const newest = rows.findLastIndex((row) => row.kind === 'bubble' && !row.bubble.isOurs);
  if (newest < 0) return false;
  const heightPx = topOf(newest + 1) - topOf(newest);
  return viewPx - topOf(newest) >= Math.min(heightPx, viewPx) / 2;
}
