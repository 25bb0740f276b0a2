import type { LoggedChange } from '../../../events/events.ts';

/** One event of the change stream: its place, and the change that it is, if it is one for subscribers. */
export interface Passed {
  readonly cursor: string;
  readonly change: LoggedChange | null;
}

/** A stretch of the log without gaps, kept in memory: its newer end grows, its older end is cut when it is too long. */
export interface RecentChanges {
  has(cursor: string): boolean;
  /** Null when this place is not in it. */
  after(cursor: string, limit: number): readonly LoggedChange[] | null;
  push(passed: Passed): void;
  /** Puts what was read after `cursor`, up to an event that is in it, in front of it: as much as there is room for. */
  prepend(cursor: string, older: readonly Passed[]): void;
  clear(): void;
}

export function createRecentChanges(size: number): RecentChanges {
  // In the order of the log. A place is the number of the first change after it: counted down in front, below 0 too.
  let places = new Map<string, number>();
  const changes = new Map<number, LoggedChange>();
  let begin = 0;
  let end = 0;

  function dropOldest(): void {
    for (const [cursor, place] of places) {
      if (places.size <= size && end - begin <= size) return;
      places.delete(cursor);
      // What lies between the dropped place and the next one cannot be asked for any more.
      const oldest = places.values().next();
      const keepFrom = oldest.done === true ? end : Math.max(oldest.value, place);
      for (; begin < keepFrom; begin += 1) changes.delete(begin);
    }
  }

  return {
    has: (cursor) => places.has(cursor),
    after(cursor, limit) {
      const place = places.get(cursor);
      if (place === undefined) return null;
      const found: LoggedChange[] = [];
      for (let at = place; at < end && found.length < limit; at += 1) {
        const change = changes.get(at);
        if (change !== undefined) found.push(change);
      }
      return found;
    },
    push({ cursor, change }) {
      if (change !== null) {
        changes.set(end, change);
        end += 1;
      }
      places.set(cursor, end);
      dropOldest();
    },
    prepend(cursor, older) {
      const met = older.at(-1);
      let place = met === undefined ? undefined : places.get(met.cursor);
      const room = size - places.size;
      if (place === undefined || room <= 0) return;
      const before: [string, number][] = [];
      for (const passed of older.slice(-room).reverse()) {
        if (!places.has(passed.cursor)) before.push([passed.cursor, place]);
        if (passed.change !== null) changes.set((place -= 1), passed.change);
      }
      if (older.length < room) before.push([cursor, place]);
      begin = Math.min(begin, place);
      places = new Map([...before.reverse(), ...places]);
    },
    clear() {
      places.clear();
      changes.clear();
      begin = end;
    },
  };
}
