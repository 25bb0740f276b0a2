import { dayInView, dayLine } from './day-in-view';
import type { Row } from './rows';

const rowPx = 100;
const day = (dayMs: number): Row => ({ kind: 'day', key: `day ${String(dayMs)}`, dayMs });
const unread: Row = { kind: 'unread', key: 'unread' };
const rows = [day(1), unread, unread, day(2), unread];

/** With rows of equal height, the view this far down. */
const at = (scrolledPx: number, shown: readonly Row[] = rows) =>
  dayInView({
    rows: shown,
    index: Math.max(0, Math.floor(scrolledPx / rowPx)),
    topOf: (index) => index * rowPx - scrolledPx,
  });

describe('dayInView', () => {
  it('is none while the line stands below in its own place', () => {
    expect(at(0)).toBeNull();
    expect(at(dayLine.inRowPx - dayLine.stickyPx - 1)).toBeNull();
    expect(at(0, [])).toBeNull();
  });

  it('is that of the lines that are read, from where its own place has passed', () => {
    expect(at(dayLine.inRowPx - dayLine.stickyPx)).toEqual({ key: 'day 1', dayMs: 1, pushedPx: 0 });
    expect(at(250)?.dayMs).toBe(1);
    expect(at(450)).toEqual({ key: 'day 2', dayMs: 2, pushedPx: 0 });
  });

  it('is pushed out by that of the next day', () => {
    // The next line stands 10 px below where this one stays.
    const scrolledPx = 3 * rowPx + dayLine.inRowPx - dayLine.stickyPx - 10;
    expect(at(scrolledPx)).toEqual({ key: 'day 1', dayMs: 1, pushedPx: 10 - dayLine.heightPx });
    expect(at(scrolledPx + 10)?.dayMs).toBe(2);
  });
});
