import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Collection } from 'mongodb';
import { StoreUnavailableError } from '../../../errors.ts';
import type { MarkDocument } from '../documents.ts';
import { retryOnDuplicate } from '../unique.ts';

/** Finds out where the log ends: by writing something, and waiting until it comes back in the change stream. */
export interface Marks {
  /** The cursor of an event that stands after everything that was acknowledged before the call. */
  place(): Promise<string>;
  /** A mark, of whichever process, has come by in the stream. */
  passed(mark: { readonly id: string; readonly count: number }, cursor: string): void;
  /** Nobody waits any longer; its document is removed. */
  stop(): Promise<void>;
}

const giveUpAfterMs = 8_000;
// A stream that was just opened may begin after the first mark.
const firstRepeatMs = 50;

export function createMarks(marks: Collection<MarkDocument>): Marks {
  const id = randomBytes(12).toString('base64url');
  const waiting = new Set<(count: number, cursor: string) => void>();
  let count = 0;
  let isStopped = false;
  let isWritten = false;
  /** One is on its way; who comes now needs a later one, which all of them share. */
  let running: Promise<string> | null = null;
  let next: Promise<string> | null = null;

  async function write(): Promise<void> {
    count += 1;
    isWritten = true;
    await retryOnDuplicate(() =>
      marks.updateOne({ _id: id }, { $set: { count } }, { upsert: true }),
    );
  }

  async function roundTrip(): Promise<string> {
    const least = count + 1;
    let stopWaiting: () => void = () => undefined;
    const seen = new Promise<string>((resolve) => {
      const look = (passedCount: number, cursor: string) => {
        if (passedCount >= least) resolve(cursor);
      };
      waiting.add(look);
      stopWaiting = () => waiting.delete(look);
    });
    try {
      const endAt = Date.now() + giveUpAfterMs;
      for (let waitMs = firstRepeatMs; Date.now() < endAt && !isStopped; waitMs *= 2) {
        await write();
        const found = await Promise.race([seen, pause(waitMs, null, { ref: false })]);
        if (found !== null) return found;
      }
    } finally {
      stopWaiting();
    }
    throw new StoreUnavailableError('The change stream of the database does not answer');
  }

  function begin(): Promise<string> {
    const begun = roundTrip().finally(() => {
      if (running === begun) running = null;
    });
    running = begun;
    return begun;
  }

  return {
    place() {
      if (running === null) return begin();
      next ??= running.then(
        () => {
          next = null;
          return begin();
        },
        () => {
          next = null;
          return begin();
        },
      );
      return next;
    },
    passed(mark, cursor) {
      if (mark.id !== id) return;
      for (const look of [...waiting]) look(mark.count, cursor);
    },
    async stop() {
      isStopped = true;
      if (isWritten) await marks.deleteOne({ _id: id }).catch(() => undefined);
    },
  };
}
