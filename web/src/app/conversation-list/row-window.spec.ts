import { isSameWindow, rowWindow, rowsMoved, topToShow } from './row-window';

const view = { count: 10_000, rowPx: 70, topPx: 0, heightPx: 700 };

describe('the window of rows', () => {
  it.each([0, 35, 70, 3_000, 400_000, 699_300])('covers what is visible at %i px', (topPx) => {
    const { from, to } = rowWindow({ ...view, topPx });
    expect(from).toBeLessThanOrEqual(Math.floor(topPx / 70));
    expect(to).toBeGreaterThanOrEqual(Math.min(10_000, Math.ceil((topPx + 700) / 70)));
    expect(to - from).toBeLessThan(50);
  });

  it('is no more than what is visible while the list is new', () => {
    expect(rowWindow({ ...view, isNew: true })).toEqual({ from: 0, to: 16 });
    expect(rowWindow({ ...view, isNew: true, most: 4 })).toEqual({ from: 0, to: 4 });
    expect(rowWindow({ ...view, isNew: true, most: 40 })).toEqual({ from: 0, to: 16 });
  });

  it('stays the same over several rows of scrolling', () => {
    const windows = Array.from({ length: 280 }, (_, n) => rowWindow({ ...view, topPx: 7_000 + n }));
    const changes = windows.filter(
      (window, n) => n > 0 && !isSameWindow(window, windows[n - 1] ?? window),
    );
    expect(changes.length).toBeLessThanOrEqual(2);
  });

  it('is everything where there is little, and nothing where there is nothing', () => {
    expect(rowWindow({ ...view, count: 3 })).toEqual({ from: 0, to: 3 });
    expect(rowWindow({ ...view, count: 0 })).toEqual({ from: 0, to: 0 });
    // A list that has become shorter than where one was.
    expect(rowWindow({ ...view, count: 2, topPx: 9_000 })).toEqual({ from: 2, to: 2 });
  });
});

describe('scrolling to a row', () => {
  it('moves as little as shows it whole', () => {
    const middle = { ...view, topPx: 700 };
    expect(topToShow(15, middle)).toBe(700);
    expect(topToShow(9, middle)).toBe(630);
    expect(topToShow(20, middle)).toBe(770);
  });
});

describe('how far the visible rows have moved', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const moved = (now: readonly string[], visible = { from: 2, to: 5 }) =>
    rowsMoved(ids, visible, new Map(now.map((id, index) => [id, index])));

  it('is one down when somebody below or new comes to the top', () => {
    expect(moved(['f', 'a', 'b', 'c', 'd', 'e'])).toBe(1);
    expect(moved(['x', 'a', 'b', 'c', 'd', 'e', 'f'])).toBe(1);
    expect(moved(['x', 'y', 'a', 'b', 'c', 'd', 'e', 'f'])).toBe(2);
  });

  it('is nothing when one of them goes to the top, as most of them stay', () => {
    expect(moved(['d', 'a', 'b', 'c', 'e', 'f'], { from: 3, to: 6 })).toBe(0);
  });

  it('is nothing when another list is shown', () => {
    expect(moved(['x', 'y', 'z'])).toBe(0);
    expect(moved([])).toBe(0);
  });
});
