import { WakeUp, retryDelayMs } from './wake-up';

describe('WakeUp', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('waits as long as told', async () => {
    const done = jest.fn();
    void new WakeUp().wait(1000).then(done);
    await jest.advanceTimersByTimeAsync(999);
    expect(done).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(done).toHaveBeenCalledTimes(1);
  });

  it('ends every wait at once when woken, and later ones not', async () => {
    const wakeUp = new WakeUp();
    const [first, second, later] = [jest.fn(), jest.fn(), jest.fn()];
    void wakeUp.wait(1000).then(first);
    void wakeUp.wait(5000).then(second);
    wakeUp.wake();
    void wakeUp.wait(1000).then(later);
    await jest.advanceTimersByTimeAsync(0);
    expect(first).toHaveBeenCalled();
    expect(second).toHaveBeenCalled();
    expect(later).not.toHaveBeenCalled();
  });
});

describe('retryDelayMs', () => {
  it('doubles up to ten seconds', () => {
    const delays = [1, 2, 3, 6, 7, 60, 5000].map((failures) => retryDelayMs(failures, () => 1));
    expect(delays).toEqual([300, 600, 1200, 9600, 10_000, 10_000, 10_000]);
  });

  it('spreads over the upper half, so that browsers do not return together', () => {
    expect(retryDelayMs(3, () => 0)).toBe(600);
    expect(retryDelayMs(3, () => 0.5)).toBe(900);
  });
});
