/** Which rows of a list are drawn: from the first index up to, but not, the last. */
export interface RowWindow {
  readonly from: number;
  readonly to: number;
}

export interface Viewport {
  readonly count: number;
  /** All rows are of this height. */
  readonly rowPx: number;
  /** Where the visible part begins, measured from the top of the first row. */
  readonly topPx: number;
  readonly heightPx: number;
  /** Only what is visible: the list is new, and this comes first. */
  readonly isNew?: boolean;
  /** It is drawn piece by piece: no more rows than these so far. */
  readonly most?: number;
}

/** Rows above and below the visible ones, so that a scroll shows no gaps. A multiple of `step`. */
const usualMargin = 8;
/** The window moves by so many rows at a time: few changes while scrolling. */
const step = 4;

export function rowWindow({ count, heightPx, isNew, most, rowPx, topPx }: Viewport): RowWindow {
  const margin = isNew === true ? 0 : usualMargin;
  const first = Math.floor(topPx / rowPx / step) * step - margin;
  const shown = Math.ceil(heightPx / rowPx / step) * step + step;
  const from = Math.min(Math.max(first, 0), count);
  const to = Math.min(Math.max(first + 2 * margin + shown, from), count);
  return { from, to: Math.min(to, from + (most ?? count)) };
}

export function isSameWindow(a: RowWindow, b: RowWindow): boolean {
  return a.from === b.from && a.to === b.to;
}

/** Where to scroll so that this row can be seen whole; as it is where it can be. */
export function topToShow(index: number, { heightPx, rowPx, topPx }: Viewport): number {
  const row = index * rowPx;
  if (row < topPx) return row;
  return row + rowPx > topPx + heightPx ? row + rowPx - heightPx : topPx;
}

/**
 * By how many rows the visible ones have moved: what most of them did, since the few others are those
 * that were put in their new place.
 */
export function rowsMoved(
  before: readonly string[],
  visible: RowWindow,
  indexNow: ReadonlyMap<string, number>,
): number {
  const votes = new Map<number, number>();
  for (const [index, id] of before.slice(visible.from, visible.to).entries()) {
    const now = indexNow.get(id);
    if (now === undefined) continue;
    const moved = now - (visible.from + index);
    votes.set(moved, (votes.get(moved) ?? 0) + 1);
  }
  return [...votes].reduce((most, vote) => (vote[1] > most[1] ? vote : most), [0, 0])[0];
}
