import type { Instant } from '../../../clock.ts';
import type { JournalStore } from '../../store.ts';
import type { Core } from '../core.ts';
import { forgetOldHeldStatuses } from '../messages/held-statuses.ts';
import type { Operations } from '../operations.ts';
import {
  accept,
  deliveryById,
  forgetDone,
  lastDeliveryAt,
  listDeliveries,
  reapply,
  setAsideSince,
} from './deliveries.ts';
import { forgetOldRejections, recordRejection, rejectedSince, rejections } from './rejections.ts';

/** How many rows one write removes: some milliseconds of work. */
const pruneBatch = 500;

export function createJournal(core: Core, operations: Operations): JournalStore {
  const { clock, database } = core;
  const { read, write, writeInBatches } = operations;

  async function prune(before: Instant): Promise<number> {
    const now = clock.now();
    await writeInBatches('journal.prune', () => forgetOldHeldStatuses(database, now, pruneBatch));
    await write('journal.prune', () => {
      forgetOldRejections(database, now);
    });
    return writeInBatches('journal.prune', () => forgetDone(database, before, pruneBatch));
  }

  return {
    accept: (delivery) => write('journal.accept', () => accept(core, delivery)),
    reapply: (id, elements) => write('journal.reapply', () => reapply(core, id, elements)),
    get: (id) => read('journal.get', () => deliveryById(database, id)),
    list: (query) => read('journal.list', () => listDeliveries(database, query)),
    recordRejection: (rejection) =>
      write('journal.recordRejection', () => {
        recordRejection(database, rejection);
      }),
    rejections: (limit) => read('journal.rejections', () => rejections(database, limit)),
    summary: (since) =>
      read('journal.summary', () => ({
        lastDeliveryAt: lastDeliveryAt(database),
        rejected: rejectedSince(database, since),
        setAside: setAsideSince(database, since),
      })),
    prune,
  };
}
