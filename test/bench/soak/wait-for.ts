import { setTimeout as pause } from 'node:timers/promises';

const lookEveryMs = 50;

/** Whether it held before the time was over. */
export async function waitFor(
  holds: () => boolean | Promise<boolean>,
  withinMs = 10_000,
  everyMs = lookEveryMs,
): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > until) return false;
    await pause(everyMs);
  }
  return true;
}
