import { ScrollAnchor } from './scroll-anchor';

const viewPx = 300;

interface FakeRow {
  readonly key: string | null;
  readonly heightPx: number;
}

/** A list whose rows have the heights told: jsdom itself lays nothing out. */
class FakeList {
  readonly scroller = document.createElement('div');
  readonly list = document.createElement('ol');
  readonly anchor = new ScrollAnchor(this.scroller, this.list);
  private rows: FakeRow[] = [];
  private scrollPx = 0;

  constructor() {
    this.scroller.getBoundingClientRect = () => new DOMRect(0, 0, 100, viewPx);
    const define = (name: string, get: () => number, set?: (value: number) => void): void => {
      Object.defineProperty(this.scroller, name, { get, ...(set === undefined ? {} : { set }) });
    };
    define('clientHeight', () => viewPx);
    define('scrollHeight', () => this.heightPx());
    define(
      'scrollTop',
      () => this.scrollPx,
      (value) => {
        this.scrollPx = Math.max(0, Math.min(value, this.heightPx() - viewPx));
      },
    );
  }

  /** Rows from the top; one without a key is a day line. */
  draw(...rows: [key: string | null, heightPx: number][]): void {
    this.rows = rows.map(([key, heightPx]) => ({ key, heightPx }));
    this.list.replaceChildren(...this.rows.map((row, index) => this.element(row, index)));
  }

  topOf(key: string): number {
    return this.topAt(this.rows.findIndex((row) => row.key === key));
  }

  private topAt(index: number): number {
    return this.rows.slice(0, index).reduce((sum, row) => sum + row.heightPx, 0) - this.scrollPx;
  }

  private element(row: FakeRow, index: number): HTMLElement {
    const element = document.createElement('li');
    if (row.key !== null) element.dataset['key'] = row.key;
    Object.defineProperty(element, 'clientHeight', { value: row.heightPx });
    element.getBoundingClientRect = () => new DOMRect(0, this.topAt(index), 100, row.heightPx);
    return element;
  }

  private heightPx(): number {
    return this.rows.reduce((sum, row) => sum + row.heightPx, 0);
  }
}

describe('ScrollAnchor', () => {
  let view: FakeList;

  beforeEach(() => {
    view = new FakeList();
    view.draw(['a', 200], ['b', 200], ['c', 200], ['d', 200]);
  });

  it('keeps the line that is read in its place when lines come above it', () => {
    view.scroller.scrollTop = 250;
    const before = view.topOf('b');
    view.anchor.capture();
    view.draw(['x', 333], ['y', 77], ['a', 200], ['b', 200], ['c', 200], ['d', 200]);
    view.anchor.restore();
    expect(view.topOf('b')).toBe(before);
  });

  it('keeps it when lines above it change their height', () => {
    view.scroller.scrollTop = 450;
    const before = view.topOf('c');
    view.anchor.capture();
    view.draw(['a', 260], ['b', 100], ['c', 200], ['d', 200], ['e', 50]);
    view.anchor.restore();
    expect(view.topOf('c')).toBe(before);
  });

  it('follows the end when it was in view', () => {
    view.anchor.goToEnd();
    view.anchor.capture();
    view.draw(['a', 200], ['b', 200], ['c', 200], ['d', 200], ['e', 120]);
    view.anchor.restore();
    expect(view.anchor.isAtEnd()).toBe(true);
  });

  it('does not follow the end when the reader is above it', () => {
    view.scroller.scrollTop = 100;
    view.anchor.capture();
    view.draw(['a', 200], ['b', 200], ['c', 200], ['d', 200], ['e', 120]);
    view.anchor.restore();
    expect(view.scroller.scrollTop).toBe(100);
    expect(view.anchor.isAtEnd()).toBe(false);
  });

  it('stays at the end when the view gets smaller, if it was there', () => {
    view.anchor.goToEnd();
    view.draw(['a', 200], ['b', 200], ['c', 200], ['d', 260]);
    view.anchor.resized();
    expect(view.anchor.isAtEnd()).toBe(true);
    view.scroller.scrollTop = 100;
    view.anchor.scrolled();
    view.anchor.resized();
    expect(view.scroller.scrollTop).toBe(100);
  });

  it('goes to a row, and says when there is none', () => {
    expect(view.anchor.goTo('c', 0)).toBe(true);
    expect(view.topOf('c')).toBe(0);
    expect(view.anchor.goTo('b', 0.5)).toBe(true);
    expect(view.topOf('b')).toBe(50);
    expect(view.anchor.goTo('nowhere', 0)).toBe(false);
  });

  it('stays at the row it was sent to when the view changes before anybody scrolls', () => {
    view.anchor.goTo('b', 0);
    view.anchor.resized();
    expect(view.topOf('b')).toBe(0);
    view.anchor.restore();
    expect(view.topOf('b')).toBe(0);
  });

  it('holds on to lines of their own, not to one that moves up as older ones come', () => {
    view.draw([null, 40], ['c', 200], ['d', 200]);
    view.anchor.capture();
    view.draw([null, 40], ['a', 200], ['b', 200], ['c', 200], ['d', 200]);
    view.anchor.restore();
    expect(view.topOf('c')).toBe(40);
  });

  it('leaves the place alone when the line that was read is gone', () => {
    view.scroller.scrollTop = 250;
    view.anchor.capture();
    view.draw(['x', 400], ['y', 400]);
    view.anchor.restore();
    expect(view.scroller.scrollTop).toBe(250);
  });
});
