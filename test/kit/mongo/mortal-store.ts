import type { Clock } from '../../../api/clock.ts';
import type { Collections } from '../../../api/storage/mongo/collections.ts';
import type { JournalEntry, NewDelivery, Store } from '../../../api/storage/store.ts';
import type { DeliveryElement } from '../../../api/webhook/delivery-element.ts';
import type { Death } from './dying-collections.ts';
import { startProcess } from './mongo-process.ts';
import type { SendingProcess } from './mongo-process.ts';

/** Bodies of deliveries, with what they say: those that nobody has applied are applied at the end. */
export type Written = Map<string, readonly DeliveryElement[]>;

export interface MortalStoreOptions {
  /** What the processes work on. */
  readonly collections: Collections;
  readonly clock: Clock;
  /** One process after another dies at its write; those after them live. */
  readonly deaths: readonly Death[];
  readonly written: Written;
}

/**
 * A store whose processes die, and the world around them: a delivery that was refused comes again, one that was
 * acknowledged is swept up by another process, and people ask again.
 */
export function openMortalStore(store: Store, options: MortalStoreOptions): Store {
  const { clock, collections, written } = options;
  const deaths = [...options.deaths];
  let living = startProcess(collections, clock, deaths.shift());

  /** Its ids go on after those of the former one, as they do with a clock that moves. */
  function next(former: SendingProcess): SendingProcess {
    const started = startProcess(collections, clock, deaths.shift());
    started.ids.continueAfter(former.ids.next('dlv'));
    return started;
  }

  /** By the process that lives, or by the next one where it was not answered. */
  async function once<Result>(
    ask: (asked: SendingProcess) => Promise<Result>,
    isAnswer: (result: Result) => boolean = () => true,
  ): Promise<Result> {
    for (;;) {
      const asked = living;
      try {
        const result = await ask(asked);
        if (isAnswer(result)) return result;
      } catch (error) {
        if (!asked.hasDied()) throw error;
      }
      living = next(asked);
    }
  }

  async function accept(delivery: NewDelivery): Promise<JournalEntry> {
    const body = Buffer.from(String(written.size));
    written.set(body.toString(), delivery.elements);
    const entry = await once(({ journal }) => journal.accept({ ...delivery, body }));
    return entry.state === 'PENDING' ? reapply(entry, delivery.elements) : entry;
  }

  async function reapply(
    entry: JournalEntry,
    elements: readonly DeliveryElement[],
  ): Promise<JournalEntry> {
    if (living.hasDied()) living = next(living);
    const isApplied = (again: JournalEntry | null) => again?.state !== 'PENDING';
    const applied = await once(({ journal }) => journal.reapply(entry.id, elements), isApplied);
    return applied ?? entry;
  }

  return {
    ...store,
    journal: { ...store.journal, accept },
    conversations: {
      ...store.conversations,
      markRead: (...read) => once(({ conversations }) => conversations.markRead(...read)),
    },
    outbox: {
      ...store.outbox,
      settle: (...settled) => once(({ outbox }) => outbox.settle(...settled)),
    },
  };
}

/** What was written down by somebody who could not say so. */
export async function sweep(store: Store, written: Written): Promise<void> {
  for (;;) {
    const pending = await store.journal.list({ limit: 1_000, state: 'PENDING' });
    if (pending.length === 0) return;
    for (const { id } of pending) {
      const body = (await store.journal.get(id))?.body.toString() ?? '';
      await store.journal.reapply(id, written.get(body) ?? []);
    }
  }
}
