import { hourMs, minuteMs } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ChangeLog } from '../storage/store.ts';
import type { Timers } from '../timers.ts';

// As docs/guarantees.md promises: whoever was away for a day goes on, with a day to spare.
const keepLogMs = 48 * hourMs;
// Not while the server starts, but also where it never runs for an hour.
const firstAfterMs = minuteMs;

export interface PruningPorts {
  readonly changes: Pick<ChangeLog, 'prune'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
}

/** Keeps the log of changes short: soon after the start, then every hour. Returns how to stop. */
export function pruneHourly({ changes, clock, timers, log }: PruningPorts): () => void {
  let callOff = timers.after(firstAfterMs, prune);

  function prune(): void {
    callOff = timers.after(hourMs, prune);
    changes.prune(clock.now() - keepLogMs).catch((error: unknown) => {
      log.warn({ err: error }, 'the log of changes cannot be pruned; trying again in an hour');
    });
  }

  return () => {
    callOff();
  };
}
