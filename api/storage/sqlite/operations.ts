import { StoreUnavailableError } from '../../errors.ts';
import type { Metrics } from '../../metrics.ts';
import { isStorageFailure } from './database.ts';
import type { Writer } from './writer.ts';

/** How the methods of the store reach the database: named, timed, and refused once it is closed. */
export interface Operations {
  readonly read: <Result>(name: string, work: () => Result) => Promise<Result>;
  readonly write: <Result>(name: string, work: () => Result) => Promise<Result>;
  /** Repeats `work`, a transaction each, until it says 0; resolves with the sum. */
  readonly writeInBatches: (name: string, work: () => number) => Promise<number>;
  /** Refuses from now on. */
  close(): void;
}

export function createOperations(writer: Writer, metrics: Metrics | undefined): Operations {
  let isClosed = false;

  async function timed<Result>(name: string, action: () => Promise<Result>): Promise<Result> {
    if (isClosed) throw new StoreUnavailableError('The store is closed');
    const endTimer = metrics?.storeSeconds.startTimer({ operation: name });
    try {
      return await action();
    } catch (error) {
      if (!isStorageFailure(error)) throw error;
      throw new StoreUnavailableError(`The store cannot be read: ${error.message}`, {
        cause: error,
      });
    } finally {
      endTimer?.();
    }
  }

  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- reads are synchronous, their failures are rejections
    read: (name, work) => timed(name, async () => work()),
    write: (name, work) => timed(name, () => writer.write(work)),
    writeInBatches: (name, work) =>
      timed(name, async () => {
        let sum = 0;
        for (;;) {
          const count = await writer.write(work);
          if (count === 0) return sum;
          sum += count;
        }
      }),
    close() {
      isClosed = true;
    },
  };
}
