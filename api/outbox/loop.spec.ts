import { pino } from 'pino';
import { createFakeClock } from '../../test/kit/clock.ts';
import { createFakeTimers } from '../../test/kit/timers.ts';
import { createLoop } from './loop.ts';

function setUp(turn: () => Promise<number>) {
  const clock = createFakeClock(1_000_000);
  const timers = createFakeTimers(clock);
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) });
  return { clock, timers, lines, loop: createLoop({ turn, clock, timers, log }) };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('createLoop', () => {
  it('takes the next turn when the last one said, and not before', async () => {
    let turns = 0;
    const { loop, clock, timers } = setUp(() => {
      turns += 1;
      return Promise.resolve(clock.now() + 500);
    });
    loop.start();
    await settle();
    clock.advance(499);
    timers.fire();
    await settle();
    expect(turns).toBe(1);
    clock.advance(1);
    timers.fire();
    await settle();
    expect(turns).toBe(2);
    await loop.stop();
  });

  it('takes one more turn after a turn in which it was rung, however often', async () => {
    let turns = 0;
    const { loop, clock, timers } = setUp(async () => {
      turns += 1;
      if (turns === 1) for (let rings = 0; rings < 9; rings += 1) loop.ring();
      await settle();
      return clock.now() + 500;
    });
    loop.start();
    for (let rounds = 0; rounds < 5; rounds += 1) await settle();
    expect(turns).toBe(2);
    expect(timers.nextAt()).toBe(clock.now() + 500);
    await loop.stop();
  });

  it('wakes from its sleep when rung, and leaves no timer behind', async () => {
    let turns = 0;
    const { loop, clock, timers } = setUp(() => Promise.resolve(clock.now() + 1_000 * ++turns));
    loop.start();
    await settle();
    loop.ring();
    await settle();
    expect([turns, timers.nextAt()]).toEqual([2, clock.now() + 2_000]);
    await loop.stop();
    expect(timers.nextAt()).toBeNull();
  });

  it('says once that turns fail, goes on trying, and says when it goes on', async () => {
    let isBroken = true;
    const { loop, clock, timers, lines } = setUp(() =>
      isBroken ? Promise.reject(new Error('away')) : Promise.resolve(clock.now() + 60_000),
    );
    loop.start();
    for (let seconds = 0; seconds < 20; seconds += 1) {
      await settle();
      clock.advance(1_000);
      timers.fire();
    }
    await settle();
    expect(lines).toHaveLength(1);
    isBroken = false;
    clock.advance(1_000);
    timers.fire();
    await settle();
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('goes on');
    await loop.stop();
  });

  it('stops after the running turn, also when it was started twice or never', async () => {
    let turns = 0;
    const { loop, clock } = setUp(() => Promise.resolve(clock.now() + 1_000 * ++turns));
    loop.start();
    loop.start();
    await Promise.all([loop.stop(), loop.stop()]);
    expect(turns).toBe(1);
    await setUp(() => Promise.resolve(0)).loop.stop();
  });
});
