import fc from 'fast-check';
import { RowStrip } from './row-strip';
import type { View } from './row-strip';

const estimatePx = 50;
const viewPx = 300;

function aStrip(keys: readonly string[]): RowStrip<{ key: string }> {
  const strip = new RowStrip<{ key: string }>({
    estimatePx: () => estimatePx,
    isSteady: ({ key }) => !key.startsWith('day'),
    overscanPx: 100,
  });
  strip.startPx = 10;
  strip.endPx = 20;
  strip.setRows(rows(keys));
  return strip;
}

const rows = (keys: readonly string[]) => keys.map((key) => ({ key }));
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => String(from + n));
const viewAt = (topPx: number): View => ({ topPx, heightPx: viewPx });
const topOf = (strip: RowStrip<{ key: string }>, key: string) => strip.topOf(strip.indexOf(key));

describe('RowStrip', () => {
  it('lays rows one after the other, by their heights as far as they are known', () => {
    const strip = aStrip(['a', 'b', 'c']);
    strip.measure('a', 80.5);
    expect([0, 1, 2, 3].map((index) => strip.topOf(index))).toEqual([10, 90.5, 140.5, 190.5]);
    expect(strip.bottomPx()).toBe(210.5);
  });

  it('draws what is in view and a little beyond, and leaves room for the rest', () => {
    const strip = aStrip(numbered(0, 100));
    const range = strip.rangeFor(viewAt(1010));
    expect(range).toEqual({ from: 18, to: 29 });
    expect(strip.roomAround(range)).toEqual({ abovePx: 910, belowPx: 71 * 50 + 20 });
    expect(strip.rangeFor(viewAt(-1e6))).toEqual({ from: 0, to: 1 });
    expect(strip.rangeFor(viewAt(1e6))).toEqual({ from: 99, to: 100 });
  });

  it('draws nothing of nothing', () => {
    expect(aStrip([]).rangeFor(viewAt(0))).toEqual({ from: 0, to: 0 });
    expect(aStrip([]).bottomPx()).toBe(30);
  });

  it('keeps the first row that begins in view where it is, however those above it change', () => {
    const strip = aStrip(numbered(50, 100));
    strip.anchorIn(viewAt(1030));
    const before = topOf(strip, '71');
    strip.measure('70', 190);
    strip.measure('60', 7);
    strip.setRows(rows(numbered(0, 100)));
    expect(topOf(strip, '71')).toBe(before);
    expect(topOf(strip, '70')).toBe(before - 190);
  });

  it('keeps a row that is higher than the view by its beginning', () => {
    const strip = aStrip(['a', 'b', 'c']);
    strip.measure('b', 2000);
    strip.anchorIn(viewAt(500));
    strip.measure('a', 90);
    expect(topOf(strip, 'b')).toBe(60);
  });

  it('holds on to rows that stay between their neighbours', () => {
    const strip = aStrip(['day', ...numbered(50, 100)]);
    strip.anchorIn(viewAt(0));
    const before = topOf(strip, '50');
    strip.setRows(rows(['day', ...numbered(0, 100)]));
    expect(topOf(strip, '50')).toBe(before);
  });

  it('holds on to the nearest row when its own is gone', () => {
    const strip = aStrip(['a', 'b', 'c', 'd']);
    strip.anchorIn(viewAt(60));
    const before = topOf(strip, 'c');
    strip.setRows(rows(['a', 'c', 'd']));
    expect(topOf(strip, 'c')).toBe(before);
    strip.setRows(rows(['a']));
    expect(topOf(strip, 'a')).toBe(60);
    strip.setRows(rows(['x']));
    expect(topOf(strip, 'x')).toBe(10);
  });

  it('is moved only where its beginning is near: no gap before it, nothing lost', () => {
    const strip = aStrip(numbered(50, 100));
    strip.anchorIn(viewAt(1030));
    strip.setRows(rows(numbered(0, 100)));
    expect(strip.driftPx(strip.rangeFor(viewAt(1030)))).toBe(0);
    const near = strip.rangeFor(viewAt(150));
    expect(strip.driftPx(near)).toBe(2500);
    strip.shift(2500);
    expect(strip.topOf(0)).toBe(10);
    strip.setRows(rows(numbered(30, 100)));
    const first = strip.rangeFor(viewAt(1510));
    expect(first.from).toBe(0);
    expect(strip.driftPx(first)).toBe(-1500);
  });

  it('never moves the line that is read, whatever happens', () => {
    const heights = fc.integer({ min: 1, max: 900 });
    const change = fc.oneof(
      fc.record({ older: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ newer: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ row: fc.nat(99), heightPx: heights }),
      fc.record({ scrollPx: fc.integer({ min: -2000, max: 2000 }) }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const strip = aStrip(numbered(1000, 1100));
        let [from, to, topPx] = [1000, 1100, 2000];
        strip.anchorIn(viewAt(topPx));
        for (const each of changes) {
          const read = strip.indexAt(topPx);
          // Whatever begins at the very top of the view is the line itself.
          const first = strip.topOf(read) >= topPx - 0.5 ? read : read + 1;
          const line = String(from + Math.min(first, to - from - 1));
          const place = topOf(strip, line) - topPx;
          const isInView = place >= 0 && place < viewPx;
          if ('older' in each) from -= each.older;
          if ('newer' in each) to += each.newer;
          if ('row' in each) strip.measure(String(from + each.row), each.heightPx);
          if ('scrollPx' in each) topPx += each.scrollPx;
          else strip.setRows(rows(numbered(from, to)));
          const driftPx = strip.driftPx(strip.rangeFor(viewAt(topPx)));
          strip.shift(driftPx);
          topPx += driftPx;
          if (!('scrollPx' in each) && isInView)
            expect(topOf(strip, line) - topPx).toBeCloseTo(place, 6);
          strip.anchorIn(viewAt(topPx));
          const range = strip.rangeFor(viewAt(topPx));
          const { abovePx } = strip.roomAround(range);
          expect(abovePx).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});
