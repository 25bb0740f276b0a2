import { AliveUntil } from './alive-until';

const hourMs = 60 * 60_000;

describe('AliveUntil', () => {
  let alive: AliveUntil;

  beforeEach(() => {
    jest.useFakeTimers();
    alive = new AliveUntil();
    alive.start();
  });
  afterEach(() => {
    alive.stop();
    jest.useRealTimers();
  });

  /** Time goes on, no timer runs. */
  const sleep = (ms: number): void => {
    jest.setSystemTime(Date.now() + ms);
  };

  it('is now while the page is awake, also where nothing is heard', () => {
    jest.advanceTimersByTime(hourMs);
    expect(alive.ms).toBe(Date.now());
  });

  it('is when the page fell asleep, until it is known that the connection lived on', () => {
    jest.advanceTimersByTime(90_000);
    const before = Date.now();
    sleep(2 * hourMs);
    expect(alive.ms).toBe(before);
    jest.advanceTimersByTime(30_000);
    expect(alive.ms).toBe(before);
    jest.advanceTimersByTime(30_000);
    expect(alive.ms).toBe(Date.now());
  });

  it('is now once something is heard after sleep', () => {
    sleep(2 * hourMs);
    alive.heard();
    expect(alive.ms).toBe(Date.now());
  });
});
