/** The rows that are drawn: from `from` up to, but not including, `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What is in view, in pixels: from where in the strip, and how much of it. */
export interface View {
  readonly topPx: number;
  readonly heightPx: number;
}

interface Keyed {
  readonly key: string;
}

export interface RowStripOptions<Row extends Keyed> {
  /** How high a row is about, until it was drawn and measured; pixels. */
  readonly estimatePx: (row: Row) => number;
  /** Whether a row stays between its neighbours, whatever is loaded around them. */
  readonly isSteady: (row: Row) => boolean;
  /** Rows are drawn this far beyond what is in view, on both sides; pixels. */
  readonly overscanPx: number;
}

/**
 * Where the rows of a chat stand, on a strip of which a view shows a part. Only one row has a place of
 * its own, the anchor; the places of all others follow from it by their heights. So whatever comes,
 * goes or grows above and below it, the anchor stays where it is, and the space above the first drawn
 * row takes up the difference.
 */
export class RowStrip<Row extends Keyed> {
  private readonly options: RowStripOptions<Row>;
  private readonly heights = new Map<string, number>();
  private rows: readonly Row[] = [];
  private indexes: ReadonlyMap<string, number> = new Map();
  private anchor = { index: 0, topPx: 0 };
  /** Room before the first row and after the last one, in pixels. */
  startPx = 0;
  endPx = 0;

  constructor(options: RowStripOptions<Row>) {
    this.options = options;
  }

  /** Other rows: the anchor stays in its place, or the nearest one that is still there. */
  setRows(rows: readonly Row[]): void {
    const indexes = new Map(rows.map((row, index) => [row.key, index]));
    const survivor = this.survivor(indexes);
    const key = this.rows[survivor]?.key;
    const index = key === undefined ? undefined : indexes.get(key);
    const anchor =
      index === undefined
        ? { index: 0, topPx: this.startPx }
        : { index, topPx: this.topOf(survivor) };
    this.rows = rows;
    this.indexes = indexes;
    this.anchor = anchor;
    for (const known of this.heights.keys()) if (!indexes.has(known)) this.heights.delete(known);
  }

  /** A row turned out to be this high. */
  measure(key: string, heightPx: number): void {
    this.heights.set(key, heightPx);
  }

  indexOf(key: string): number {
    return this.indexes.get(key) ?? -1;
  }

  heightOf(index: number): number {
    const row = this.rows[index];
    if (row === undefined) return 0;
    return this.heights.get(row.key) ?? this.options.estimatePx(row);
  }

  topOf(index: number): number {
    const { index: from, topPx } = this.anchor;
    return index < from ? topPx - this.sum(index, from) : topPx + this.sum(from, index);
  }

  /** Where the strip ends. */
  bottomPx(): number {
    return this.topOf(this.rows.length) + this.endPx;
  }

  /**
   * Makes the line that is read the anchor: the first row that begins in view, for one that is cut off
   * may grow under the line. A row higher than the view is one itself.
   */
  anchorIn(view: View): void {
    const first = this.indexAt(view.topPx);
    let topPx = this.topOf(first);
    this.anchor = { index: first, topPx };
    for (let index = first; topPx < view.topPx + view.heightPx; index += 1) {
      const row = this.rows[index];
      if (row === undefined) return;
      if (topPx >= view.topPx - 0.5 && this.options.isSteady(row)) {
        this.anchor = { index, topPx };
        return;
      }
      topPx += this.heightOf(index);
    }
  }

  /** The row that is at this place; the first or last one beyond the ends. */
  indexAt(placePx: number): number {
    let { index, topPx } = this.anchor;
    while (index > 0 && topPx > placePx) {
      index -= 1;
      topPx -= this.heightOf(index);
    }
    while (index < this.rows.length - 1 && topPx + this.heightOf(index) <= placePx) {
      topPx += this.heightOf(index);
      index += 1;
    }
    return index;
  }

  /** What is to be drawn for this view. */
  rangeFor({ topPx, heightPx }: View): Range {
    if (this.rows.length === 0) return { from: 0, to: 0 };
    const { overscanPx } = this.options;
    return {
      from: this.indexAt(topPx - overscanPx),
      to: this.indexAt(topPx + heightPx + overscanPx) + 1,
    };
  }

  /** The room that what is not drawn takes up. */
  roomAround({ from, to }: Range): { readonly abovePx: number; readonly belowPx: number } {
    return { abovePx: this.topOf(from), belowPx: this.sum(to, this.rows.length) + this.endPx };
  }

  /**
   * By how much the strip has to be moved so that nothing of it lies before its beginning, nor any gap
   * there; the view moves with it. Not before the beginning is near: moving the view can interrupt a
   * movement of the reader's. In whole pixels, as views move.
   */
  driftPx({ from }: Range): number {
    const abovePx = this.topOf(from);
    const driftPx = Math.round(this.startPx + this.sum(0, from) - abovePx);
    const isShort = driftPx > 0 && abovePx < this.options.overscanPx;
    return from === 0 || isShort ? driftPx : 0;
  }

  shift(px: number): void {
    this.anchor = { ...this.anchor, topPx: this.anchor.topPx + px };
  }

  /** Makes this row the anchor, with all that is above it in its place. */
  anchorOn(index: number): void {
    this.anchor = { index, topPx: this.startPx + this.sum(0, index) };
  }

  private sum(from: number, to: number): number {
    let px = 0;
    for (let index = from; index < to; index += 1) px += this.heightOf(index);
    return px;
  }

  private survivor(indexes: ReadonlyMap<string, number>): number {
    const isFit = (row: Row) => indexes.has(row.key) && this.options.isSteady(row);
    const { index } = this.anchor;
    const after = this.rows.findIndex((row, other) => other >= index && isFit(row));
    return after >= 0 ? after : this.rows.findLastIndex(isFit);
  }
}
