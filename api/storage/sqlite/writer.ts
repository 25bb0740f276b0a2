import { performance } from 'node:perf_hooks';
import { StoreUnavailableError } from '../../errors.ts';
import type { Core } from './core.ts';
import { isStorageFailure } from './database.ts';
import type { Attempt } from './savepoints.ts';

/** The one way to write. */
export interface Writer {
  /**
   * Runs `work` in a transaction, together with whatever else waits, each on its own: one that
   * throws leaves no trace and hurts no neighbour. Resolves once it is on the disk.
   */
  write<Result>(work: () => Result): Promise<Result>;
  /** Why the last commit failed; null when it did not. */
  readonly lastFailure: string | null;
  /** Whether a commit failed within this time, and why. */
  failureWithin(ms: number): string | null;
  /** Finishes what waits, then refuses more. Safe twice. */
  stop(): Promise<void>;
}

type WriterCore = Pick<Core, 'database' | 'savepoints' | 'search'>;

interface Job {
  readonly run: () => unknown;
  readonly settle: (outcome: Attempt<unknown>) => void;
  readonly reject: (error: Error) => void;
}

/** The event loop gets its turn after this long, whatever waits. */
const batchLimitMs = 20;

/**
 * Group commit: everything that asked to write in one turn of the event loop shares one
 * transaction and one fsync. The promises settle after the commit, in the order they came.
 */
export function createWriter(
  core: WriterCore,
  /** Called after each commit, before the promises settle. */
  onCommitted: () => void,
): Writer {
  const waiting: Job[] = [];
  const idle = new Set<() => void>();
  let isScheduled = false;
  let isStopped = false;
  let lastFailure: string | null = null;
  let newestFailure = { at: -Infinity, reason: '' };

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(flush);
  }

  function flush(): void {
    isScheduled = false;
    const taken: Job[] = [];
    let outcomes: readonly Attempt<unknown>[] | null = null;
    try {
      outcomes = runBatch(core, waiting, taken);
      lastFailure = null;
    } catch (cause) {
      abandon([...taken, ...waiting.splice(0)], cause);
    }
    if (outcomes !== null) onCommitted();
    for (const [index, outcome] of (outcomes ?? []).entries()) taken[index]?.settle(outcome);
    if (waiting.length > 0) schedule();
    else for (const resolve of idle) resolve();
  }

  /** Nothing of this batch is stored; those who still wait would meet the same failure. */
  function abandon(jobs: readonly Job[], cause: unknown): void {
    rollBack(core);
    lastFailure = cause instanceof Error ? cause.message : String(cause);
    newestFailure = { at: performance.now(), reason: lastFailure };
    const text = `The store cannot be written: ${lastFailure}`;
    const failure = new StoreUnavailableError(text, { cause });
    for (const job of jobs) job.reject(failure);
  }

  return {
    write<Result>(work: () => Result) {
      if (isStopped) return Promise.reject(new StoreUnavailableError('The store is closed'));
      return new Promise<Result>((resolve, reject) => {
        const settleWith = (outcome: Attempt<unknown>): void => {
          // It gives back what `work` gave.
          if (outcome.ok) resolve(outcome.result as Result);
          else reject(asError(outcome.error));
        };
        waiting.push({ run: work, settle: settleWith, reject });
        schedule();
      });
    },
    get lastFailure() {
      return lastFailure;
    },
    failureWithin: (ms) =>
      performance.now() - newestFailure.at < ms ? newestFailure.reason : null,
    async stop() {
      isStopped = true;
      if (waiting.length > 0) await new Promise<void>((resolve) => idle.add(resolve));
    },
  };
}

/** Moves jobs from `waiting` to `taken`, runs them, and commits; throws when nothing could be kept. */
function runBatch(core: WriterCore, waiting: Job[], taken: Job[]): readonly Attempt<unknown>[] {
  const startedAt = performance.now();
  const isTime = (): boolean => performance.now() - startedAt < batchLimitMs;
  try {
    return inTransaction(core, { areSavepointsSet: false }, () => {
      const outcomes: Attempt<unknown>[] = [];
      do {
        const job = waiting.shift();
        if (job === undefined) break;
        taken.push(job);
        outcomes.push(core.savepoints.attempt('job', job.run));
      } while (isTime());
      return outcomes;
    });
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    // Somebody's work failed: once more from the start, each on its own.
    rollBack(core);
    return inTransaction(core, { areSavepointsSet: true }, () =>
      taken.map((job) => core.savepoints.attempt('job', job.run)),
    );
  }
}

function inTransaction<Result>(
  { database, savepoints, search }: WriterCore,
  { areSavepointsSet }: { readonly areSavepointsSet: boolean },
  work: () => Result,
): Result {
  savepoints.areSet = areSavepointsSet;
  database.run('BEGIN IMMEDIATE');
  const result = work();
  search.flush();
  database.run('COMMIT');
  return result;
}

function rollBack({ database, search }: WriterCore): void {
  search.rollBackTo(0);
  if (!database.isInTransaction) return;
  try {
    database.run('ROLLBACK');
  } catch {
    // SQLite has rolled back by itself: there is nothing left to undo.
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
