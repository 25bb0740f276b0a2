import { secondMs } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { JournalStore, Rejection } from '../storage/store.ts';
import type { Timers } from '../timers.ts';

/** Notes refused deliveries. Costs the caller nothing, and a flood of them next to nothing. */
export interface Rejections {
  note(status: number, reason: string, cause?: unknown): void;
  /** Writes down what waits and ends. Safe twice. */
  stop(): Promise<void>;
}

export interface RejectionsOptions {
  readonly journal: Pick<JournalStore, 'recordRejection'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
}

// The first of a kind is written at once, the ones like it together: at most a row each 10 s.
const intervalMs = 10 * secondMs;
// Reasons are ours and few; this is for the day when one of them holds something of the sender's.
const maxKinds = 100;

interface Noted {
  readonly rejection: Rejection;
  readonly cause: unknown;
}

export function createRejections({ journal, clock, timers, log }: RejectionsOptions): Rejections {
  const waiting = new Map<string, Noted>();
  const recent = new Set<string>();
  let callOff: (() => void) | undefined;
  let isStopped = false;
  let writing = Promise.resolve();

  async function write(batch: readonly Noted[]): Promise<void> {
    for (const { rejection, cause } of batch) {
      const { status, reason, times } = rejection;
      log.warn({ status, reason, times, err: cause }, 'webhook delivery refused');
      try {
        await journal.recordRejection(rejection);
      } catch (error) {
        // It is in the log and in the metrics; what refused to be stored is not worth more memory.
        log.warn({ err: error }, 'a refused delivery could not be noted in the store');
      }
    }
  }

  function flush(): Promise<void> {
    const batch = [...waiting.values()];
    waiting.clear();
    writing = writing.then(() => write(batch));
    return writing;
  }

  /** Until it is over, what is like something written already waits. */
  function openInterval(): void {
    if (isStopped) return;
    callOff ??= timers.after(intervalMs, () => {
      callOff = undefined;
      recent.clear();
      if (waiting.size === 0) return;
      for (const kind of waiting.keys()) recent.add(kind);
      openInterval();
      void flush();
    });
  }

  return {
    note(status, reason, cause) {
      const kind = `${String(status)} ${reason}`;
      const times = (waiting.get(kind)?.rejection.times ?? 0) + 1;
      if (times === 1 && waiting.size >= maxKinds) return;
      waiting.set(kind, { rejection: { at: clock.now(), status, reason, times }, cause });
      openInterval();
      if (recent.has(kind) || recent.size >= maxKinds) return;
      recent.add(kind);
      void flush();
    },
    async stop() {
      isStopped = true;
      callOff?.();
      await flush();
    },
  };
}
