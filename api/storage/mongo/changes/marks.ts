import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Collection } from 'mongodb';
import { StoreUnavailableError } from '../../../errors.ts';
import type { MarkDocument } from '../documents.ts';
import { retryOnDuplicate } from '../unique.ts';

/** Finds out where the log ends: by writing something, and waiting until it comes back in the change stream. */
export interface Marks {
  /** Resolves when an event has come by that stands after everything that was acknowledged before the call. */
  roundTrip(): Promise<void>;
  /** A mark, of whichever process, has come by in the stream. */
  passed(mark: { readonly id: string; readonly count: number }): void;
  /** Nobody waits any longer; its document is removed. */
  stop(): Promise<void>;
}

const giveUpAfterMs = 8_000;
// A stream that was just opened may begin after the first mark.
const firstRepeatMs = 50;

export function createMarks(marks: Collection<MarkDocument>): Marks {
  const id = randomBytes(12).toString('base64url');
  const waiting = new Set<(count: number) => void>();
  let count = 0;
  let isStopped = false;
  let isWritten = false;
  /** One is on its way; who comes now needs a later one, which all of them share. */
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  async function write(): Promise<void> {
    count += 1;
    isWritten = true;
    await retryOnDuplicate(() =>
      marks.updateOne({ _id: id }, { $set: { count } }, { upsert: true }),
    );
  }

  async function goRound(): Promise<void> {
    const least = count + 1;
    let stopWaiting: () => void = () => undefined;
    const seen = new Promise<true>((resolve) => {
      const look = (passedCount: number) => {
        if (passedCount >= least) resolve(true);
      };
      waiting.add(look);
      stopWaiting = () => waiting.delete(look);
    });
    try {
      const endAt = performance.now() + giveUpAfterMs;
      for (let waitMs = firstRepeatMs; performance.now() < endAt && !isStopped; waitMs *= 2) {
        await write();
        if (await Promise.race([seen, pause(waitMs, false, { ref: false })])) return;
      }
    } finally {
      stopWaiting();
    }
    throw new StoreUnavailableError('The change stream of the database does not answer');
  }

  function begin(): Promise<void> {
    const begun = goRound().finally(() => {
      if (running === begun) running = null;
    });
    running = begun;
    return begun;
  }

  function beginNext(): Promise<void> {
    next = null;
    return begin();
  }

  return {
    roundTrip() {
      if (running === null) return begin();
      return (next ??= running.then(beginNext, beginNext));
    },
    passed(mark) {
      if (mark.id !== id) return;
      for (const look of [...waiting]) look(mark.count);
    },
    async stop() {
      isStopped = true;
      if (isWritten) await marks.deleteOne({ _id: id }).catch(() => undefined);
    },
  };
}
