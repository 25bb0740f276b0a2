import { createSumming } from './checksum.ts';

function sumOf(...records: readonly unknown[]) {
  const summing = createSumming();
  for (const record of records) summing.add(record);
  return summing.result();
}

describe('the checksum of records', () => {
  it('does not depend on their order, nor on that of their fields', () => {
    expect(sumOf({ a: 1, b: [2, { c: 'x', d: null }] }, { a: 2 })).toEqual(
      sumOf({ a: 2 }, { b: [2, { d: null, c: 'x' }], a: 1 }),
    );
  });

  it('counts each of several alike', () => {
    expect(sumOf({ a: 1 }, { a: 1 })).not.toEqual(sumOf({ a: 1 }));
    expect(sumOf({ a: 1 }, { a: 1 }).count).toBe(2);
    expect(sumOf()).toEqual({ count: 0, sum: '0'.repeat(64) });
  });

  it.each([
    [{ a: 1 }, { a: '1' }],
    [{ a: null }, {}],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: 'x,y' }, { a: ['x', 'y'] }],
    [{ a: Buffer.from([1]) }, { a: Buffer.from([2]) }],
  ])('tells %j from %j', (one, other) => {
    expect(sumOf(one).sum).not.toBe(sumOf(other).sum);
  });

  it('leaves out the place in the outbox, which every store counts by itself', () => {
    expect(sumOf({ queue: [{ id: 1, position: 7 }] })).toEqual(
      sumOf({ queue: [{ id: 1, position: 1_795_424_400_000 }] }),
    );
  });
});
