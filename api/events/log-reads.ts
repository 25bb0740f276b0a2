import type { ChangeLog } from '../storage/store.ts';
import type { FeedEvent } from './events.ts';
import { hydrateChanges } from './hydrate-changes.ts';
import type { HydrationPorts } from './hydrate-changes.ts';

/** The events after a cursor, oldest first; null when the log does not hold this place. */
export type ReadEvents = (after: string) => Promise<readonly FeedEvent[] | null>;

const batchSize = 200;

/**
 * Reads the log with messages and conversations. Whoever asks for the same place at the same time
 * shares one reading: after a restart everybody comes back from the same few places.
 */
export function createLogReads(
  ports: HydrationPorts & { readonly changes: Pick<ChangeLog, 'read'> },
): ReadEvents {
  const running = new Map<string, ReturnType<ReadEvents>>();

  async function read(after: string): ReturnType<ReadEvents> {
    const found = await ports.changes.read(after, batchSize);
    return found === null ? null : hydrateChanges(found, ports);
  }

  return (after) => {
    const shared = running.get(after);
    if (shared !== undefined) return shared;
    const begun = read(after).finally(() => running.delete(after));
    running.set(after, begun);
    return begun;
  };
}
