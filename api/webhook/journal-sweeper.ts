import { dayMs, hourMs, minuteMs, secondMs } from '../clock.ts';
import type { Clock, Instant } from '../clock.ts';
import { StoreUnavailableError } from '../errors.ts';
import type { DeliveryId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { JournalEntry, JournalStore } from '../storage/store.ts';
import type { Timers } from '../timers.ts';
import { journalEntries } from './journal-entries.ts';

/** Takes up deliveries that were written down but not applied, and throws away what has served its time. */
export interface JournalSweeper {
  start(): void;
  /** Finishes the delivery at hand and ends. Safe twice. */
  stop(): Promise<void>;
}

export interface JournalSweeperOptions {
  readonly journal: JournalStore;
  readonly journalDays: number;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly replay: (id: DeliveryId) => Promise<JournalEntry | null>;
}

// Together at most 15 s from a crash to the next try; 30 s are promised.
const intervalMs = 5 * secondMs;
// A younger one may still be in the hands of the request that brought it.
const pendingGraceMs = 10 * secondMs;
const pruneEveryMs = hourMs;
const pruneDelayMs = minuteMs; // not while the server starts
const retryMaxMs = 10 * minuteMs;
const roundMaxDeliveries = 10_000;

export function createJournalSweeper(options: JournalSweeperOptions): JournalSweeper {
  const { journal, journalDays, clock, timers, log, replay } = options;
  const putOff = new Map<DeliveryId, { readonly until: Instant; readonly delayMs: number }>();
  let pruneDueAt = clock.now() + pruneDelayMs;
  let callOff: (() => void) | undefined;
  let round = Promise.resolve();
  let isStopped = false;

  async function takeUp(id: DeliveryId): Promise<void> {
    const wait = putOff.get(id);
    if (wait !== undefined && wait.until > clock.now()) return;
    const entry = await replay(id).catch((error: unknown) => {
      if (error instanceof StoreUnavailableError) throw error;
      log.error({ delivery: id, err: error }, 'a pending delivery could not be applied');
    });
    if (entry?.state === 'PENDING' || entry === undefined) {
      const delayMs = Math.min((wait?.delayMs ?? intervalMs) * 2, retryMaxMs);
      putOff.set(id, { until: clock.now() + delayMs, delayMs });
      return;
    }
    putOff.delete(id);
    log.info({ delivery: id, state: entry?.state }, 'pending delivery applied');
  }

  async function prune(): Promise<void> {
    if (clock.now() < pruneDueAt) return;
    pruneDueAt = clock.now() + pruneEveryMs;
    const removed = await journal.prune(clock.now() - journalDays * dayMs);
    log.info({ removed }, 'journal pruned');
  }

  async function sweep(): Promise<void> {
    try {
      for (const id of await pendingDeliveries(journal, clock.now() - pendingGraceMs)) {
        if (isStopped) return;
        await takeUp(id);
      }
      if (!isStopped) await prune();
    } catch (error) {
      // Nothing is lost by it: the next round finds the same deliveries.
      log.error({ err: error }, 'the journal could not be swept');
    }
  }

  function run(): void {
    round = sweep().then(() => {
      if (!isStopped) callOff = timers.after(intervalMs, run);
    });
  }

  return {
    start: run,
    async stop() {
      isStopped = true;
      callOff?.();
      await round;
    },
  };
}

/** Oldest first, so that they are applied in the order in which they came. */
async function pendingDeliveries(
  journal: JournalStore,
  receivedBefore: Instant,
): Promise<DeliveryId[]> {
  const found: DeliveryId[] = [];
  for await (const { id } of journalEntries(journal, { state: 'PENDING', receivedBefore })) {
    found.push(id);
    if (found.length === roundMaxDeliveries) break;
  }
  return found.reverse();
}
