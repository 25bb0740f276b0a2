import type { DeliveryId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { JournalEntry, JournalStore } from '../storage/store.ts';
import { journalEntries } from './journal-entries.ts';
import { parseDelivery } from './payload/delivery.ts';
import { unknownNumberIn } from './unknown-number.ts';

export interface Replay {
  /** Understands a journaled delivery anew and applies it once more; null when it is not there. */
  replay(id: DeliveryId): Promise<JournalEntry | null>;
  /** Replays what was set aside for business numbers that are configured now, oldest first; resolves with how many. */
  replaySetAside(): Promise<number>;
  /** Ends `replaySetAside` after the delivery at hand. */
  stop(): void;
}

export interface ReplayOptions {
  readonly journal: JournalStore;
  readonly phoneNumberIds: ReadonlySet<string>;
  readonly log: Log;
  readonly onApplied: (entry: JournalEntry) => void;
}

export function createReplay({ journal, phoneNumberIds, log, onApplied }: ReplayOptions): Replay {
  let isStopped = false;

  async function replay(id: DeliveryId): Promise<JournalEntry | null> {
    const delivery = await journal.get(id);
    if (delivery === null) return null;
    const parsed = parseDelivery(delivery.body, phoneNumberIds);
    const elements =
      parsed.kind === 'understood'
        ? parsed.elements
        : [{ kind: 'aside' as const, path: '', detail: parsed.reason }];
    const entry = await journal.reapply(id, elements);
    if (entry !== null) onApplied(entry);
    return entry;
  }

  function isKnownNow({ verdicts }: JournalEntry): boolean {
    return verdicts.some(({ detail }) => phoneNumberIds.has(unknownNumberIn(detail) ?? ''));
  }

  /** Oldest first: the order of arrival is that of a chat within a second. */
  async function knownNow(): Promise<DeliveryId[]> {
    const found: DeliveryId[] = [];
    for await (const entry of journalEntries(journal, { state: 'SET_ASIDE' })) {
      if (isStopped) break;
      if (isKnownNow(entry)) found.push(entry.id);
    }
    return found.reverse();
  }

  return {
    replay,
    async replaySetAside() {
      let replayed = 0;
      for (const id of await knownNow()) {
        if (isStopped) break;
        await replay(id);
        replayed += 1;
      }
      if (replayed > 0) log.info({ replayed }, 'deliveries of newly configured numbers applied');
      return replayed;
    },
    stop() {
      isStopped = true;
    },
  };
}
