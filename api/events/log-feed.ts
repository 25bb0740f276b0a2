import type { Clock } from '../clock.ts';
import { StoreUnavailableError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { ChangeLog } from '../storage/store.ts';
import { systemTimers, within } from '../timers.ts';
import type { Timers } from '../timers.ts';
import { createBurstBrake } from './burst-brake.ts';
import type { EventFeed, FeedEvent } from './events.ts';
import { createFeedReader } from './feed-reader.ts';
import type { FeedReader } from './feed-reader.ts';
import type { HydrationPorts } from './hydrate-changes.ts';
import { pruneHourly } from './log-pruning.ts';
import { createLogReads } from './log-reads.ts';
import { followLog } from './log-tail.ts';
import type { LogTail } from './log-tail.ts';

export interface LogFeedOptions extends HydrationPorts {
  readonly changes: ChangeLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, 'eventLagSeconds' | 'subscribers'>;
  /** @default systemTimers */
  readonly timers?: Timers;
  /** How many events a live reader may be behind. @default 1000 */
  readonly ringSize?: number;
}

const defaultRingSize = 1_000;
// Whoever asks for it waits with something else: a list of chats.
const headWithinMs = 1_000;

/**
 * Every subscriber has a place in the log. While it is further back it reads the log; once its
 * place is in the ring of recent events it takes them from there. Nothing is queued for it, so a
 * slow one costs a number; when the ring passes a live one, its stream ends.
 */
export function createLogFeed(options: LogFeedOptions): EventFeed {
  const { changes, clock, metrics, ringSize = defaultRingSize, timers = systemTimers } = options;
  const readers = new Set<FeedReader>();
  const read = createLogReads(options);
  const furthestPlace = () => furthestOf(readers);
  const brake = createBurstBrake({ maxLead: ringSize / 2, furthestPlace, timers });
  const stopPruning = pruneHourly({ ...options, timers });
  let tail: LogTail | null = null;
  let isStopped = false;

  /** The end of the log is followed while somebody subscribes. */
  function follow(): LogTail {
    if (tail !== null) return tail;
    const begun = followLog({ ...options, read, brake, timers, ringSize, onAdvanced: tellReaders });
    tail = begun;
    begun.ring.catch(() => {
      if (tail === begun) tail = null;
    });
    return begun;
  }

  async function unfollow(): Promise<void> {
    const ended = tail;
    tail = null;
    await ended?.stop();
  }

  function tellReaders({ begin }: { readonly begin: number }): void {
    for (const reader of readers) reader.ringAdvanced(begin);
  }

  function leave(reader: FeedReader): void {
    reader.close();
    if (!readers.delete(reader)) return;
    metrics?.subscribers.set(readers.size);
    brake.released();
    if (readers.size === 0) void unfollow();
  }

  return {
    subscribe(request) {
      const { ring } = follow();
      const onMoved = brake.reached;
      const reader = createFeedReader({ request, changes, read, ring, clock, onMoved });
      readers.add(reader);
      metrics?.subscribers.set(readers.size);
      if (isStopped) leave(reader);
      return eventsOf(reader, leave);
    },
    async head() {
      try {
        return await within(headWithinMs, changes.head(), timers);
      } catch (error) {
        if (error instanceof StoreUnavailableError) return null;
        throw error;
      }
    },
    get subscribers() {
      return readers.size;
    },
    async stop() {
      isStopped = true;
      stopPruning();
      const ended = unfollow();
      for (const reader of readers) leave(reader);
      await ended;
    },
  };
}

function furthestOf(readers: Iterable<FeedReader>): number | null {
  let furthest: number | null = null;
  for (const { place } of readers) {
    if (place !== null && (furthest === null || place > furthest)) furthest = place;
  }
  return furthest;
}

/** The events of a reader; it leaves when they end, in whichever way. */
function eventsOf(
  reader: FeedReader,
  leave: (reader: FeedReader) => void,
): AsyncIterableIterator<FeedEvent> {
  return {
    async next() {
      try {
        const result = await reader.events.next();
        if (result.done === true) leave(reader);
        return result;
      } catch (error) {
        leave(reader);
        throw error;
      }
    },
    async return() {
      leave(reader);
      // A generator that waits for news was woken by leaving, and ends.
      await reader.events.return(undefined);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
