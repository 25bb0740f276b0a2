import { createPool } from './pool.ts';

describe('createPool', () => {
  it('knows how much room is left, and tells when there is more', async () => {
    let freed = 0;
    const pool = createPool(2, () => {
      freed += 1;
    });
    let end: () => void = () => undefined;
    pool.run(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    pool.run(() => Promise.resolve());
    expect(pool.free).toBe(0);
    await new Promise((resolve) => setImmediate(resolve));
    expect([pool.free, freed]).toEqual([1, 1]);
    end();
    await pool.drained();
    expect([pool.free, freed]).toEqual([2, 2]);
  });

  it('is drained only when what was begun meanwhile has ended as well', async () => {
    const ended: string[] = [];
    const pool = createPool(2, () => {
      if (ended.length === 1) pool.run(later);
    });
    const later = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      ended.push('second');
    };
    pool.run(() => {
      ended.push('first');
      return Promise.resolve();
    });
    await pool.drained();
    expect(ended).toEqual(['first', 'second']);
  });
});
