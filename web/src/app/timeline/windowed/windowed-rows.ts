import { signal } from '@angular/core';
import { RowStrip } from './row-strip';
import type { Range, RowStripOptions, View } from './row-strip';

/** This close to the end counts as being there, in pixels: half a line of text. */
const endSlackPx = 24;

/** What stays in view until somebody scrolls: the end, or a row at a share of the height (0 is the top). */
export type Hold = 'end' | { readonly key: string; readonly share: number };

interface Elements {
  /** Scrolls; has no padding at its beginning and end. */
  readonly scroller: HTMLElement;
  /** Its children are the drawn rows, each with its key as `data-key`. */
  readonly list: HTMLElement;
}

interface Surroundings {
  /** Room before the first and after the last row, in pixels. */
  readonly startPx: number;
  readonly endPx: number;
  /** Nothing comes after the last row: whoever is there follows what is added. */
  readonly hasEnd: boolean;
}

interface RowPlace {
  readonly index: number;
  readonly topOf: (index: number) => number;
  readonly viewPx: number;
}

/**
 * Draws only the rows near the view, and keeps what is read in its place: by the rows' heights as they
 * are measured, before anything is painted.
 */
export class WindowedRows<Row extends { readonly key: string }> {
  private readonly strip: RowStrip<Row>;
  private readonly wanted = signal<Range>({ from: 0, to: 0 });
  private rendered: Range = { from: 0, to: 0 };
  private readonly observed = new Map<Element, string>();
  private observer: ResizeObserver | null = null;
  private elements: Elements | null = null;
  private hold: Hold | null = 'end';
  private hasEnd = true;
  private rowCount = 0;
  private heightPx = 0;
  /** Where our own last move of the view ended: an event that tells of it is none of the reader's. */
  private movedToPx = 0;
  /** The strip has moved by this, the view will with the next drawing. */
  private pendingPx = 0;
  private hadFocus = false;
  /** Which rows to draw. */
  readonly range = this.wanted.asReadonly();

  constructor(options: RowStripOptions<Row>) {
    this.strip = new RowStrip(options);
  }

  /** Once they are there. `moved` is called when the view or what it shows has moved by itself. */
  attach(elements: Elements, moved: () => void): void {
    this.elements = elements;
    this.heightPx = elements.scroller.clientHeight;
    // Before the change is painted.
    this.observer = new ResizeObserver((entries) => {
      const heights = entries.flatMap(({ target, borderBoxSize }) => {
        const key = this.observed.get(target);
        return key === undefined ? [] : [[key, borderBoxSize[0]?.blockSize ?? 0] as const];
      });
      this.measure(heights);
      moved();
    });
    this.observer.observe(elements.scroller);
  }

  detach(): void {
    this.observer?.disconnect();
    this.observer = null;
    this.elements = null;
  }

  /** Before these are drawn. */
  setRows(rows: readonly Row[], { startPx, endPx, hasEnd }: Surroundings): void {
    if (this.hold === null && this.isAtEnd()) this.hold = 'end';
    if (this.hold === 'end' && !hasEnd) this.hold = null;
    this.hasEnd = hasEnd;
    this.strip.startPx = startPx;
    this.strip.endPx = endPx;
    this.strip.setRows(rows);
    this.rowCount = rows.length;
    this.plan();
  }

  /** After the rows of `range` were drawn. */
  drawn(): void {
    if (this.elements === null) return;
    this.rendered = this.wanted();
    this.observeRows(this.elements.list);
    // Whoever was at a link of a row that is drawn no more goes on from here by keyboard.
    if (this.hadFocus && document.activeElement === document.body)
      this.elements.scroller.focus({ preventScroll: true });
    this.measure(
      Array.from(this.observed, ([row, key]) => [key, row.getBoundingClientRect().height]),
    );
  }

  /** The view was moved, by whomever. */
  scrolled(): void {
    if (this.elements === null) return;
    this.noteView();
    this.plan();
    if (this.pendingPx !== 0) this.apply();
  }

  /** Brings this into view and keeps it there. False when there is no such row. */
  goTo(hold: Hold): boolean {
    if (hold !== 'end' && this.strip.indexOf(hold.key) < 0) return false;
    this.hold = hold;
    this.plan();
    this.apply();
    return true;
  }

  isAtEnd(): boolean {
    return this.hasEnd && this.beyond().belowPx <= endSlackPx;
  }

  /** How much there is above and below what is in view, in pixels. */
  beyond(): { readonly abovePx: number; readonly belowPx: number } {
    const { topPx, heightPx } = this.view();
    return {
      abovePx: topPx - this.strip.topOf(0),
      belowPx: this.strip.bottomPx() - topPx - heightPx,
    };
  }

  /** The row at this many pixels below the top of the view, where rows begin from there, and how high the view is. */
  rowAt(offsetPx: number): RowPlace {
    const { topPx, heightPx: viewPx } = this.view();
    return {
      index: this.strip.indexAt(topPx + offsetPx),
      topOf: (index) => this.strip.topOf(index) - topPx,
      viewPx,
    };
  }

  private view(): View {
    const topPx = (this.elements?.scroller.scrollTop ?? 0) + this.pendingPx;
    return { topPx, heightPx: this.heightPx };
  }

  private observeRows(list: HTMLElement): void {
    const rows = new Set(Array.from(list.children));
    for (const row of this.observed.keys()) {
      if (rows.has(row)) continue;
      this.observer?.unobserve(row);
      this.observed.delete(row);
    }
    for (const row of rows) {
      const key = row instanceof HTMLElement ? row.dataset['key'] : undefined;
      if (key === undefined || this.observed.has(row)) continue;
      this.observed.set(row, key);
      this.observer?.observe(row);
    }
  }

  private measure(heights: readonly (readonly [key: string, heightPx: number])[]): void {
    const cutShortPx = this.cutShortPx();
    if (cutShortPx === null) this.noteView();
    else this.heightPx = this.elements?.scroller.clientHeight ?? 0;
    for (const [key, heightPx] of heights) this.strip.measure(key, heightPx);
    this.plan();
    this.apply(cutShortPx);
  }

  /** Rows that became lower may leave less strip below the view than it is high: it was moved up then. */
  private cutShortPx(): number | null {
    if (this.elements === null) return null;
    const { scrollTop } = this.elements.scroller;
    return this.isAtBottom() && scrollTop < this.movedToPx - 1 ? this.movedToPx : null;
  }

  /** Of the strip as the browser has it, whatever its rows were measured to be. */
  private isAtBottom(): boolean {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = this.elements?.scroller ?? {};
    return scrollTop + clientHeight >= scrollHeight - 1;
  }

  /** Learns where a reader has moved the view to, and how high it is. */
  private noteView(): void {
    const { scrollTop = 0, clientHeight = 0 } = this.elements?.scroller ?? {};
    const upPx = this.movedToPx - scrollTop;
    const grownPx = clientHeight - this.heightPx;
    this.heightPx = clientHeight;
    if (Math.abs(upPx) < 1) return;
    this.movedToPx = scrollTop;
    // At the end the browser itself moves a view up that has become higher, or whose rows have become lower.
    if (this.hold === 'end' && upPx > 0 && (upPx < grownPx + 1 || this.isAtBottom())) return;
    this.hold = this.hasEnd && this.beyond().belowPx < 2 ? 'end' : null;
    if (this.hold === null) this.strip.anchorIn(this.view());
  }

  private plan(): void {
    const view = this.held() ?? this.view();
    const range = this.strip.rangeFor(view);
    if (this.hold === null) {
      const driftPx = this.strip.driftPx(range);
      this.strip.shift(driftPx);
      this.pendingPx += driftPx;
    }
    const { from, to } = this.wanted();
    if (range.from === from && range.to === to) return;
    this.hadFocus = this.elements?.list.contains(document.activeElement) === true;
    this.wanted.set(range);
  }

  /** The view that shows what is held; everything above it gets its exact place. */
  private held(): View | null {
    const { hold, heightPx, strip } = this;
    if (hold === null) return null;
    const index = hold === 'end' ? this.rowCount - 1 : strip.indexOf(hold.key);
    if (index < 0) return null;
    strip.anchorOn(index);
    const restPx = hold === 'end' ? 0 : (heightPx - strip.heightOf(index)) * hold.share;
    const wantedPx = hold === 'end' ? strip.bottomPx() - heightPx : strip.topOf(index) - restPx;
    const topPx = Math.min(Math.max(0, wantedPx), Math.max(0, strip.bottomPx() - heightPx));
    return { topPx, heightPx };
  }

  /** `cutShortPx`: where the view was before the strip became too short for it. */
  private apply(cutShortPx: number | null = null): void {
    if (this.elements === null) return;
    const { scroller, list } = this.elements;
    const { abovePx, belowPx } = this.strip.roomAround(this.rendered);
    list.style.paddingBlock = `${String(abovePx)}px ${String(belowPx)}px`;
    const topPx = this.held()?.topPx ?? (cutShortPx ?? scroller.scrollTop) + this.pendingPx;
    this.pendingPx = 0;
    if (Math.abs(scroller.scrollTop - topPx) >= 0.5) scroller.scrollTop = topPx;
    this.movedToPx = scroller.scrollTop;
  }
}
