import { pino } from 'pino';
import { createFakeClock } from '../../test/kit/clock.ts';
import { openTestStore } from '../../test/kit/store.ts';
import type { TestStore } from '../../test/kit/store.ts';
import { createFakeTimers } from '../../test/kit/timers.ts';
import type { FakeTimers } from '../../test/kit/timers.ts';
import { createRejections } from './rejections.ts';
import type { Rejections } from './rejections.ts';

const start = Date.UTC(2026, 10, 23, 9, 0, 0);

let test: TestStore;
let timers: FakeTimers;
let rejections: Rejections;

beforeEach(async () => {
  test = await openTestStore(createFakeClock(start));
  timers = createFakeTimers(test.clock);
  const log = pino({ level: 'silent' });
  rejections = createRejections({ journal: test.store.journal, clock: test.clock, timers, log });
});
afterEach(async () => {
  await rejections.stop();
  await test.close();
});

function note(reason: string, times = 1): void {
  for (let n = 0; n < times; n += 1) rejections.note(401, reason);
}

function elapse(ms: number): void {
  test.clock.advance(ms);
  timers.fire();
}

/** Oldest first; what was noted before is written by then, since the store takes one after the other. */
async function written(): Promise<unknown> {
  const found = await test.store.journal.rejections(1_000);
  return found.map(({ at, reason, times }) => [at - start, reason, times]).reverse();
}

it('the first of a kind is written at once', async () => {
  note('missing');
  note('wrong');
  await rejections.stop();
  expect(await written()).toEqual([
    [0, 'missing', 1],
    [0, 'wrong', 1],
  ]);
});

it('a flood is written once in 10 s, with its number and its last time', async () => {
  note('wrong', 500);
  elapse(4_000);
  note('wrong', 300);
  elapse(5_999);
  expect(timers.nextAt()).toBe(start + 10_000);
  elapse(1);
  note('wrong', 20);
  elapse(10_000);
  await rejections.stop();
  expect(await written()).toEqual([
    [0, 'wrong', 1],
    [4_000, 'wrong', 799],
    [10_000, 'wrong', 20],
  ]);
  expect(await test.store.journal.summary(0)).toMatchObject({ rejected: 820 });
});

it('after a quiet while the first of a kind is written at once again', async () => {
  note('wrong');
  elapse(10_000);
  expect(timers.nextAt()).toBeNull();
  note('wrong');
  await rejections.stop();
  expect(await written()).toEqual([
    [0, 'wrong', 1],
    [10_000, 'wrong', 1],
  ]);
});

it('a thousand kinds within 10 s take the room of a hundred or two', async () => {
  for (let n = 0; n < 1_000; n += 1) note(`kind ${String(n)}`);
  await rejections.stop();
  expect(await written()).toHaveLength(200);
});

it('a store that is down costs nobody an error', async () => {
  await test.store.stop();
  note('wrong', 3);
  await expect(rejections.stop()).resolves.toBeUndefined();
});

it('nothing is left behind after the end, and ending twice is one end', async () => {
  note('wrong');
  await rejections.stop();
  await rejections.stop();
  expect(timers.nextAt()).toBeNull();
  note('late');
  expect(timers.nextAt()).toBeNull();
});
