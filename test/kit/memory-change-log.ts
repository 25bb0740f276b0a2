import { StoreUnavailableError } from '../../api/errors.ts';
import type { LoggedChange } from '../../api/events/events.ts';
import { trustedId } from '../../api/ids.ts';
import type { ChangeLog } from '../../api/storage/store.ts';

export interface MemoryChangeLog extends ChangeLog {
  /** Appends this many changes of conversations and says so. */
  append(count: number, at?: number): void;
  /** Forgets everything and begins anew under another name, as a restored backup does. */
  replace(): void;
  /** Set: every call rejects. */
  isAway: boolean;
  /** The cursors that were read after. */
  readonly reads: readonly string[];
  readonly prunes: readonly number[];
}

/** A log of changes in memory, which can be away. */
export function createMemoryChangeLog(): MemoryChangeLog {
  const listeners = new Set<() => void>();
  const reads: string[] = [];
  const prunes: number[] = [];
  let name = 'first';
  let changes: LoggedChange[] = [];

  function placeOf(cursor: string): number | null {
    const [, digits] = new RegExp(`^${name}:(\\d+)$`).exec(cursor) ?? [];
    const place = digits === undefined ? null : Number(digits);
    return place !== null && place <= changes.length ? place : null;
  }

  function here<Value>(value: Value): Promise<Value> {
    return log.isAway ? Promise.reject(new StoreUnavailableError('away')) : Promise.resolve(value);
  }

  const log: MemoryChangeLog = {
    isAway: false,
    reads,
    prunes,
    append(count, at = 0) {
      for (let left = count; left > 0; left -= 1) {
        changes.push({
          cursor: `${name}:${String(changes.length + 1)}`,
          type: 'CONVERSATION_UPDATED',
          at,
          conversationId: trustedId('cnv', 'cnv_1'),
          messageId: null,
        });
      }
      for (const listener of [...listeners]) listener();
    },
    replace() {
      name = 'second';
      changes = [];
    },
    head: () => here(`${name}:${String(changes.length)}`),
    read(after, limit) {
      reads.push(after);
      const place = placeOf(after);
      return here(place === null ? null : changes.slice(place, place + limit));
    },
    onAppended(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    prune(before) {
      prunes.push(before);
      return here(0);
    },
  };
  return log;
}
