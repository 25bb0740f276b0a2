import { WindowedRows } from './windowed-rows';
import type { Hold } from './windowed-rows';

const viewPx = 300;
const room = { startPx: 10, endPx: 10, hasEnd: true };

/** Rows of the heights told, drawn as a browser would: jsdom itself lays nothing out. */
class FakeList {
  readonly scroller = document.createElement('div');
  readonly list = document.createElement('ol');
  readonly windowed = new WindowedRows<{ key: string }>({
    estimatePx: () => 40,
    isSteady: () => true,
    overscanPx: 100,
  });
  readonly heights = new Map<string, number>();
  private resized: (entries: ResizeObserverEntry[]) => void = () => undefined;
  private rows: readonly { key: string }[] = [];
  /** Of the view. */
  heightPx = viewPx;
  private scrollPx = 0;

  constructor() {
    const define = (name: string, get: () => number, set?: (value: number) => void): void => {
      Object.defineProperty(this.scroller, name, { get, ...(set === undefined ? {} : { set }) });
    };
    define('clientHeight', () => this.heightPx);
    define('scrollHeight', () => Math.max(this.heightPx, this.topAt(Infinity) + this.padding(1)));
    define(
      'scrollTop',
      // Moved up by itself when there is too little below, as in a browser.
      () => (this.scrollPx = Math.min(this.scrollPx, this.scroller.scrollHeight - this.heightPx)),
      (value) => {
        this.scrollPx = Math.max(0, Math.min(value, this.scroller.scrollHeight - this.heightPx));
      },
    );
    this.scroller.append(this.list);
    document.body.replaceChildren(this.scroller);
    const listen = (resized: ResizeObserverCallback, observer: ResizeObserver): void => {
      this.resized = (entries) => {
        resized(entries, observer);
      };
    };
    globalThis.ResizeObserver = class {
      observe = jest.fn();
      unobserve = jest.fn();
      disconnect = jest.fn();
      constructor(resized: ResizeObserverCallback) {
        listen(resized, this);
      }
    };
    this.windowed.attach({ scroller: this.scroller, list: this.list }, () => undefined);
  }

  show(keys: readonly string[], surroundings = room): void {
    this.rows = keys.map((key) => ({ key }));
    this.windowed.setRows(this.rows, surroundings);
    this.draw();
  }

  /** Draws until nothing else is wanted, as the framework does. */
  draw(): void {
    for (let range = null; range !== this.windowed.range();) {
      range = this.windowed.range();
      const drawn = new Map(
        Array.from(this.list.children, (row) => [row.getAttribute('data-key'), row]),
      );
      const rows = this.rows
        .slice(range.from, range.to)
        .map(({ key }) => drawn.get(key) ?? this.element(key));
      this.list.replaceChildren(...rows);
      this.windowed.drawn();
    }
  }

  scrollTo(px: number): void {
    this.scroller.scrollTop = px;
    this.windowed.scrolled();
    this.draw();
  }

  /** The view gets another height; the browser tells of a move by itself before it tells of the height. */
  grow(byPx: number): void {
    this.heightPx += byPx;
    this.windowed.scrolled();
    this.resized([]);
    this.draw();
  }

  goTo(hold: Hold): boolean {
    const isThere = this.windowed.goTo(hold);
    this.draw();
    return isThere;
  }

  /** A drawn row gets another height without being drawn anew. */
  resize(key: string, heightPx: number): void {
    this.heights.set(key, heightPx);
    const target = this.drawn().find((row) => row.dataset['key'] === key);
    if (target === undefined) throw new Error(`${key} is not drawn.`);
    const borderBoxSize = [{ blockSize: heightPx, inlineSize: 100 }];
    const contentRect = target.getBoundingClientRect();
    const sizes = { borderBoxSize, contentBoxSize: [], devicePixelContentBoxSize: [] };
    this.resized([{ target, contentRect, ...sizes }]);
    this.draw();
  }

  /** Where this row is on the screen; null where it is not drawn. */
  topOf(key: string): number | null {
    const index = this.drawn().findIndex((row) => row.dataset['key'] === key);
    return index < 0 ? null : this.topAt(index) - this.scroller.scrollTop;
  }

  drawn(): readonly HTMLElement[] {
    return Array.from(this.list.children).filter((row) => row instanceof HTMLElement);
  }

  private topAt(index: number): number {
    const above = this.drawn().slice(0, index);
    return above.reduce((sum, row) => sum + this.heightOf(row), this.padding(0));
  }

  private heightOf(row: HTMLElement): number {
    return this.heights.get(row.dataset['key'] ?? '') ?? 60;
  }

  private padding(side: 0 | 1): number {
    return Number.parseFloat(this.list.style.paddingBlock.split(' ')[side] ?? '0') || 0;
  }

  private element(key: string): HTMLElement {
    const row = document.createElement('li');
    row.dataset['key'] = key;
    row.getBoundingClientRect = () => new DOMRect(0, 0, 100, this.heightOf(row));
    return row;
  }
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => String(from + n));

describe('WindowedRows', () => {
  let view: FakeList;

  beforeEach(() => {
    view = new FakeList();
    view.show(numbered(0, 100));
  });

  it('begins at the end, with the rows there and a few above', () => {
    expect(view.windowed.isAtEnd()).toBe(true);
    expect(view.topOf('99')).toBe(viewPx - 60 - 10);
    expect(view.drawn().length).toBeLessThan(10);
    expect(view.topOf('80')).toBeNull();
  });

  it('follows the end when it was in view, and not when the reader is above it', () => {
    view.show(numbered(0, 101));
    expect(view.topOf('100')).toBe(viewPx - 60 - 10);
    view.scrollTo(view.scroller.scrollTop - 100);
    const before = view.topOf('96');
    view.show(numbered(0, 105));
    expect(view.topOf('96')).toBe(before);
    expect(view.windowed.isAtEnd()).toBe(false);
  });

  it('stays at the end when the view becomes higher or lower', () => {
    view.grow(-120);
    expect(view.windowed.isAtEnd()).toBe(true);
    view.grow(150);
    expect(view.topOf('99')).toBe(view.heightPx - 60 - 10);
    view.show(numbered(0, 101));
    expect(view.topOf('100')).toBe(view.heightPx - 60 - 10);
  });

  it('follows what is added while the view becomes higher', () => {
    view.heightPx += 100;
    // The browser has laid it out, and so moved it, before the row came.
    expect(view.scroller.scrollTop).toBeGreaterThan(0);
    view.heights.set('100', 150);
    view.show(numbered(0, 101));
    expect(view.topOf('100')).toBe(view.heightPx - 150 - 10);
  });

  it('lets a reader leave the end though the view becomes higher', () => {
    view.heightPx += 20;
    view.scrollTo(view.scroller.scrollTop - 100);
    const before = view.topOf('96');
    view.show(numbered(0, 105));
    expect(view.topOf('96')).toBe(before);
  });

  it('lets a reader leave a row that was gone to though the view becomes higher', () => {
    view.goTo({ key: '50', share: 0.5 });
    view.heightPx += 40;
    view.scroller.scrollTop -= 30;
    const before = view.topOf('50');
    view.draw();
    expect(view.topOf('50')).toBe(before);
  });

  it('does not follow the end of what is loaded while there is more', () => {
    view.show(numbered(0, 100), { ...room, hasEnd: false });
    const before = view.topOf('99');
    view.show(numbered(0, 150), { ...room, hasEnd: false });
    expect(view.topOf('99')).toBe(before);
    expect(view.windowed.isAtEnd()).toBe(false);
  });

  it('keeps the line that is read in its place when lines come above it, and can reach them', () => {
    view.scrollTo(0);
    const before = view.topOf('2');
    view.show(numbered(-50, 100));
    expect(view.topOf('2')).toBe(before);
    for (let n = 0; n < 60; n += 1) view.scrollTo(view.scroller.scrollTop - 100);
    expect(view.topOf('-50')).toBe(10);
  });

  it('keeps it when rows above it turn out to have other heights', () => {
    view.scrollTo(2000);
    const [row] = view.drawn();
    const above = row?.dataset['key'] ?? '';
    const read = String(Number(above) + 4);
    const before = view.topOf(read);
    view.resize(above, 333);
    expect(view.topOf(read)).toBe(before);
    view.resize(above, 5);
    expect(view.topOf(read)).toBe(before);
  });

  it('keeps it when rows below become so low that the view would be moved', () => {
    view.scrollTo(view.scroller.scrollTop - 30);
    view.heights.set('90', 400);
    const before = view.topOf('96');
    view.resize('99', 50);
    expect(view.topOf('96')).toBe(before);
  });

  it('goes to a row and stays there while those around it are measured, until one scrolls', () => {
    for (const key of numbered(40, 60)) view.heights.set(key, 77);
    expect(view.goTo({ key: '50', share: 0.5 })).toBe(true);
    expect(view.topOf('50')).toBe((viewPx - 77) / 2);
    view.resize('49', 200);
    expect(view.topOf('50')).toBe((viewPx - 77) / 2);
    view.scrollTo(view.scroller.scrollTop + 40);
    expect(view.topOf('50')).toBe((viewPx - 77) / 2 - 40);
    expect(view.goTo({ key: 'nowhere', share: 0 })).toBe(false);
    expect(view.goTo('end')).toBe(true);
    expect(view.windowed.isAtEnd()).toBe(true);
  });

  it('tells what is at the top of the view, and how much lies beyond', () => {
    view.goTo({ key: '50', share: 0 });
    const { index, topOf } = view.windowed.rowAt(0);
    expect([index, topOf(index), topOf(51)]).toEqual([50, 0, 60]);
    const { abovePx, belowPx } = view.windowed.beyond();
    expect(abovePx).toBeGreaterThan(50 * 40);
    expect(belowPx).toBeGreaterThan(40 * 40);
  });

  it('takes the focus over from a row that is drawn no more', () => {
    view.scroller.tabIndex = 0;
    const row = view.drawn().at(-1);
    if (row === undefined) throw new Error('Nothing is drawn.');
    row.tabIndex = -1;
    row.focus();
    view.scrollTo(0);
    expect(document.activeElement).toBe(view.scroller);
  });
});
