import { secondMs } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { StoreUnavailableError } from '../errors.ts';
import type { Timers } from '../timers.ts';

export interface KeepStoringOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Gives up after one more try. */
  readonly signal: AbortSignal;
}

// The store is asked again soon enough to go on within 2 s of its return.
const firstDelayMs = 100;
const longestDelayMs = secondMs;
// An error that is not the store's absence does not pass: it is not worth a place for ever.
const oddErrorPatienceMs = 30 * secondMs;

export function storeDelayMs(failures: number): number {
  return Math.min(firstDelayMs * 2 ** failures, longestDelayMs);
}

/**
 * Writes what is known and cannot be learned again, such as that WhatsApp took a message: for as long as the
 * store is away. Rejects with the last error when it gives up.
 */
export async function keepStoring<Result>(
  write: () => Promise<Result>,
  { clock, timers, signal }: KeepStoringOptions,
): Promise<Result> {
  const startedAt = clock.now();
  for (let failures = 0; ; failures += 1) {
    const isLast = signal.aborted;
    try {
      return await write();
    } catch (error) {
      const isOdd = !(error instanceof StoreUnavailableError);
      if (isLast || (isOdd && clock.now() - startedAt >= oddErrorPatienceMs)) throw error;
    }
    await delay(storeDelayMs(failures), timers, signal);
  }
}

function delay(delayMs: number, timers: Timers, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = timers.after(delayMs, end);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
