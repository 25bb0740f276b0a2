import { createFakeClock } from '../../test/kit/clock.ts';
import { createFakeTimers } from '../../test/kit/timers.ts';
import { createBurstBrake } from './burst-brake.ts';

describe('the brake on a burst', () => {
  const clock = createFakeClock();
  const timers = createFakeTimers(clock);
  let furthest: number | null;
  const brake = () => createBurstBrake({ maxLead: 10, furthestPlace: () => furthest, timers });

  /** Whether it has resolved by the end of this turn. */
  async function isHeldBack(room: Promise<void>): Promise<boolean> {
    let isHeld = true;
    void room.then(() => (isHeld = false));
    await new Promise((resolve) => setImmediate(resolve));
    return isHeld;
  }

  it('has room while nobody reads live', async () => {
    furthest = null;
    expect(await isHeldBack(brake().room(1_000))).toBe(false);
  });

  it('waits until the fastest reader is close enough', async () => {
    furthest = 0;
    const held = brake();
    expect(await isHeldBack(held.room(9))).toBe(false);
    const room = held.room(20);
    held.reached(5);
    expect(await isHeldBack(room)).toBe(true);
    held.reached(11);
    expect(await isHeldBack(room)).toBe(false);
  });

  it('does not wait for those who take nothing, until somebody does again', async () => {
    furthest = 0;
    const held = brake();
    const room = held.room(20);
    expect(await isHeldBack(room)).toBe(true);
    clock.advance(250);
    timers.fire();
    expect(await isHeldBack(room)).toBe(false);
    expect(await isHeldBack(held.room(500))).toBe(false);
    held.reached(1);
    expect(await isHeldBack(held.room(500))).toBe(true);
  });

  it('goes on when a reader leaves', async () => {
    furthest = 0;
    const held = brake();
    const room = held.room(20);
    held.released();
    expect(await isHeldBack(room)).toBe(false);
  });
});
