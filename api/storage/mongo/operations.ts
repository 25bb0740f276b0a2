import { secondMs } from '../../clock.ts';
import { StoreUnavailableError } from '../../errors.ts';
import type { Metrics } from '../../metrics.ts';
import { isDatabaseFailure } from './database-failure.ts';

/** How the methods of the store reach the database: named, timed, and refused once it is closed. */
export interface Operations {
  readonly run: <Result>(
    name: string,
    work: () => Promise<Result>,
    /** What is done with a result that nobody waits for any more. */
    unheard?: (result: Result) => Promise<unknown>,
  ) => Promise<Result>;
  /** Repeats `work` until it says 0; resolves with the sum. */
  readonly runInBatches: (name: string, work: () => Promise<number>) => Promise<number>;
  /** What goes on after its operation was answered: closing waits for it too. */
  readonly keep: <Result>(work: Promise<Result>) => Promise<Result>;
  /** The last one to end could not reach or write the database. */
  readonly hasFailed: boolean;
  /** Refuses from now on; resolves when all that was begun has ended. */
  close(): Promise<void>;
}

/** Whoever waits is answered by then; what was begun goes on to its own end, and is safe to be done again. */
export const defaultAnswerWithinMs = 8 * secondMs;

export function createOperations(
  metrics: Metrics | undefined,
  answerWithinMs = defaultAnswerWithinMs,
): Operations {
  const running = new Set<Promise<unknown>>();
  let isClosed = false;
  let hasFailed = false;

  function keep<Result>(work: Promise<Result>): Promise<Result> {
    running.add(work);
    const ended = () => running.delete(work);
    work.then(ended, ended);
    return work;
  }

  async function run<Result>(
    name: string,
    work: () => Promise<Result>,
    unheard?: (result: Result) => Promise<unknown>,
  ): Promise<Result> {
    if (isClosed) throw new StoreUnavailableError('The store is closed');
    const endTimer = metrics?.storeSeconds.startTimer({ operation: name });
    const begun = keep(work());
    try {
      const result = await answered(begun, answerWithinMs, () => {
        if (unheard !== undefined) void keep(begun.then(unheard));
      });
      hasFailed = false;
      return result;
    } catch (error) {
      const failure = asUnavailable(error);
      hasFailed = failure instanceof StoreUnavailableError;
      throw failure;
    } finally {
      endTimer?.();
    }
  }

  return {
    run,
    keep,
    get hasFailed() {
      return hasFailed;
    },
    async runInBatches(name, work) {
      let sum = 0;
      for (;;) {
        const count = await run(name, work);
        if (count === 0) return sum;
        sum += count;
      }
    },
    async close() {
      isClosed = true;
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}

/** `onGivenUp`: the answer is that there was none in time. */
function answered<Result>(
  begun: Promise<Result>,
  withinMs: number,
  onGivenUp: () => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new StoreUnavailableError('The database has not answered in time'));
      onGivenUp();
    }, withinMs);
    begun.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}

/** Drivers tell addresses and queries: those are for the log, as the cause. */
function asUnavailable(error: unknown): unknown {
  return isDatabaseFailure(error)
    ? new StoreUnavailableError('The database cannot be reached or written', { cause: error })
    : error;
}
