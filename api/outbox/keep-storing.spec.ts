import { createFakeClock } from '../../test/kit/clock.ts';
import { createFakeTimers } from '../../test/kit/timers.ts';
import { StoreUnavailableError } from '../errors.ts';
import { keepStoring, storeDelayMs } from './keep-storing.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

function setUp() {
  const clock = createFakeClock();
  const timers = createFakeTimers(clock);
  const aborting = new AbortController();
  const pass = async (seconds: number) => {
    for (let steps = 0; steps < seconds * 10; steps += 1) {
      await settle();
      clock.advance(100);
      timers.fire();
    }
    await settle();
  };
  return { clock, timers, aborting, pass, options: { clock, timers, signal: aborting.signal } };
}

describe('keepStoring', () => {
  it('writes once where that works', async () => {
    let tries = 0;
    expect(await keepStoring(() => Promise.resolve(++tries), setUp().options)).toBe(1);
  });

  it('goes on for as long as the store is away, and stores within 1 s of its return', async () => {
    const { options, pass } = setUp();
    let isAway = true;
    const stored = keepStoring(
      () => (isAway ? Promise.reject(new StoreUnavailableError()) : Promise.resolve('stored')),
      options,
    );
    await pass(120);
    isAway = false;
    await pass(1);
    expect(await stored).toBe('stored');
  });

  it('gives an error that does not pass up after half a minute', async () => {
    const { options, pass } = setUp();
    const stored = keepStoring(() => Promise.reject(new Error('constraint')), options);
    const failed = expect(stored).rejects.toThrow('constraint');
    await pass(32);
    await failed;
  });

  it('tries once more and gives up when it is told to end, with no timer left', async () => {
    const { options, aborting, timers } = setUp();
    let tries = 0;
    const stored = keepStoring(() => {
      tries += 1;
      return Promise.reject(new StoreUnavailableError('away'));
    }, options);
    const failed = expect(stored).rejects.toThrow('away');
    await settle();
    aborting.abort();
    await failed;
    expect([tries, timers.nextAt()]).toEqual([2, null]);
  });

  it('asks the store again after 100 ms, doubling to 1 s', () => {
    expect([0, 1, 2, 3, 4, 500].map(storeDelayMs)).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });
});
