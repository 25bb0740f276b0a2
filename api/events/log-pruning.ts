import { hourMs } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ChangeLog } from '../storage/store.ts';
import type { Timers } from '../timers.ts';

// 24 h are promised; a day more covers whoever was away over one.
const keepLogMs = 48 * hourMs;

export interface PruningPorts {
  readonly changes: Pick<ChangeLog, 'prune'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
}

/** Keeps the log of changes short. Returns how to stop. */
export function pruneHourly({ changes, clock, timers, log }: PruningPorts): () => void {
  let callOff = timers.after(hourMs, prune);

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
