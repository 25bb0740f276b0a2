import type { Clock, Instant } from '../clock.ts';
import { SlowConsumerError } from '../errors.ts';
import type { ChangeLog } from '../storage/store.ts';
import type { EventRing } from './event-ring.ts';
import type { FeedEvent, FeedRequest } from './events.ts';
import type { ReadEvents } from './log-reads.ts';
import { noSurroundings } from './surroundings.ts';

export interface ReaderOptions {
  readonly request: FeedRequest;
  readonly changes: Pick<ChangeLog, 'head'>;
  readonly read: ReadEvents;
  /** The ring of recent events, once it is being filled. */
  readonly ring: Promise<EventRing>;
  readonly clock: Clock;
  /** Called with its place in the ring whenever it has moved. */
  readonly onMoved: (place: number) => void;
}

/** One subscriber: its place in the log, and how it goes on from there. */
export interface FeedReader {
  /** Its place in the ring; null while it replays the log. */
  readonly place: number | null;
  readonly events: AsyncGenerator<FeedEvent, undefined>;
  /** There is more in the ring, which begins at this place now. */
  ringAdvanced(begin: number): void;
  /** Ends `events`, also while somebody waits for the next one. Safe twice. */
  close(): void;
}

export function createFeedReader(options: ReaderOptions): FeedReader {
  const { request, changes, read, clock, onMoved } = options;
  let place: number | null = null;
  let isClosed = false;
  let isPassed = false;
  let wake: (() => void) | null = null;

  async function* events(): AsyncGenerator<FeedEvent, undefined> {
    const ring = await options.ring;
    // "Now" is the newest change that is stored, whether the ring has it yet or not.
    const start = request.after ?? (await changes.head());
    if (request.after === null && isOpen()) yield mark('READY', start, clock.now());
    yield* replay(ring, start);
    yield* live(ring);
  }

  /** Until the ring holds its place. */
  async function* replay(ring: EventRing, start: string): AsyncGenerator<FeedEvent, undefined> {
    for (let cursor = start; isOpen();) {
      place = ring.placeAfter(cursor);
      if (place !== null) return;
      const found = await read(cursor);
      if (found === null) {
        cursor = await changes.head();
        yield mark('RESYNC', cursor, clock.now());
      } else if (found.length === 0) {
        // At the end of the log; the ring is about to come to it.
        if (ring.placeAfter(cursor) === null && isOpen()) await news();
      }
      for (const event of found ?? []) {
        cursor = event.cursor;
        if (isOpen() && request.wants(event)) yield event;
      }
    }
  }

  async function* live(ring: EventRing): AsyncGenerator<FeedEvent, undefined> {
    for (place ??= ring.end; isOpen();) {
      if (place < ring.begin) throw new SlowConsumerError();
      const event = ring.at(place);
      if (event === undefined) {
        await news();
        continue;
      }
      place += 1;
      onMoved(place);
      if (event.type === 'RESYNC' || request.wants(event)) yield event;
    }
  }

  function isOpen(): boolean {
    return !isClosed;
  }

  function news(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
    });
  }

  return {
    get place() {
      return place;
    },
    events: events(),
    ringAdvanced(begin) {
      if (place !== null && place < begin && !isPassed) {
        isPassed = true;
        request.onPassed?.();
      }
      wake?.();
    },
    close() {
      isClosed = true;
      wake?.();
    },
  };
}

function mark(type: 'READY' | 'RESYNC', cursor: string, at: Instant): FeedEvent {
  return { cursor, type, at, message: null, conversation: null, around: noSurroundings };
}
