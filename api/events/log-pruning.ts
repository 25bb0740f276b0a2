import { hourMs } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ChangeLog } from '../storage/store.ts';

// 24 h are promised; a day more covers whoever was away over one.
const keepLogMs = 48 * hourMs;

/** Keeps the log of changes short. Returns how to stop. */
export function pruneHourly(ports: {
  readonly changes: Pick<ChangeLog, 'prune'>;
  readonly clock: Clock;
  readonly log: Log;
}): () => void {
  const { changes, clock, log } = ports;
  const prune = async () => {
    try {
      await changes.prune(clock.now() - keepLogMs);
    } catch (error) {
      log.warn({ err: error }, 'the log of changes cannot be pruned; trying again in an hour');
    }
  };
  const timer = setInterval(() => void prune(), hourMs).unref();
  return () => {
    clearInterval(timer);
  };
}
