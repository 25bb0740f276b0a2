import type { FeedEvent } from './events.ts';

/**
 * The newest events in the order of the log. Places in it are numbers that only grow, so that a
 * place stays good when older events are dropped, and tells then that it was passed.
 */
export interface EventRing {
  /** The place of the oldest event that is kept. */
  readonly begin: number;
  /** The place of the next event to come. */
  readonly end: number;
  /** The cursor of the newest event, or the one that the ring was begun after. */
  readonly newestCursor: string;
  at(place: number): FeedEvent | undefined;
  push(event: FeedEvent): void;
  /**
   * The place of what follows this cursor; null when the cursor is none of the newer half: who
   * begins further back would be passed before it has caught up.
   */
  placeAfter(cursor: string): number | null;
}

export function createEventRing(size: number, startCursor: string): EventRing {
  const events = new Map<number, FeedEvent>();
  // In the order of places. The cursor before the oldest of them is there as well.
  const placesAfter = new Map<string, number>([[startCursor, 0]]);
  let begin = 0;
  let end = 0;
  let newestCursor = startCursor;

  function dropOldest(): void {
    if (end - begin > size) {
      events.delete(begin);
      begin += 1;
    }
    for (const [cursor, place] of placesAfter) {
      if (end - place <= size / 2) break;
      placesAfter.delete(cursor);
    }
  }

  return {
    get begin() {
      return begin;
    },
    get end() {
      return end;
    },
    get newestCursor() {
      return newestCursor;
    },
    at: (place) => events.get(place),
    push(event) {
      events.set(end, event);
      end += 1;
      newestCursor = event.cursor;
      placesAfter.set(event.cursor, end);
      dropOldest();
    },
    placeAfter: (cursor) => placesAfter.get(cursor) ?? null,
  };
}
