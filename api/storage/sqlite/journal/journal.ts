import { performance } from 'node:perf_hooks';
import { dayMs } from '../../../clock.ts';
import type { Instant } from '../../../clock.ts';
import type { DeliveryId } from '../../../ids.ts';
import type { DeliveryElement } from '../../../webhook/delivery-element.ts';
import { longestJournalDays } from '../../../webhook/journal-days.ts';
import type { JournalEntry, JournalStore, NewDelivery } from '../../store.ts';
import type { Core } from '../core.ts';
import { forgetOldHeldStatuses } from '../messages/held-statuses.ts';
import type { Operations } from '../operations.ts';
import { applyInSlices } from './apply-in-slices.ts';
import {
  begin,
  deliveryById,
  entryById,
  forgetOld,
  goOn,
  lastDeliveryAt,
  listDeliveries,
  setAsideSince,
} from './deliveries.ts';
import { forgetOldRejections, recordRejection, rejectedSince, rejections } from './rejections.ts';

/** How many rows one write removes: some milliseconds of work. */
const pruneBatch = 500;

export function createJournal(core: Core, operations: Operations): JournalStore {
  const { clock, database } = core;
  const { read, write, writeInBatches } = operations;
  const inside = { core, operations };

  async function accept(delivery: NewDelivery): Promise<JournalEntry> {
    const startedAt = performance.now();
    const begun = await write('journal.accept', () => begin(core, delivery));
    return applyInSlices(inside, begun, { elements: delivery.elements, startedAt });
  }

  async function reapply(
    id: DeliveryId,
    elements: readonly DeliveryElement[],
  ): Promise<JournalEntry | null> {
    const startedAt = performance.now();
    const begun = await write('journal.reapply', () => {
      const entry = entryById(database, id);
      return entry === null ? null : goOn(core, { ...entry, verdicts: [] }, elements);
    });
    return begun === null ? null : applyInSlices(inside, begun, { elements, startedAt });
  }

  async function prune(before: Instant): Promise<number> {
    const now = clock.now();
    await writeInBatches('journal.prune', () => forgetOldHeldStatuses(database, now, pruneBatch));
    await write('journal.prune', () => {
      forgetOldRejections(database, now);
    });
    const bounds = { done: before, setAside: now - longestJournalDays * dayMs };
    return writeInBatches('journal.prune', () => forgetOld(database, bounds, pruneBatch));
  }

  return {
    accept,
    reapply,
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
