import { dayMs, secondMs } from '../../../clock.ts';
import type { Instant } from '../../../clock.ts';
import { longestJournalDays } from '../../../webhook/journal-days.ts';
import type { JournalStore } from '../../store.ts';
import type { Core } from '../core.ts';
import { forgetOldHeldStatuses } from '../messages/held-statuses.ts';
import type { Operations } from '../operations.ts';
import { accept, reapply } from './accept.ts';
import { createApplier } from './applier.ts';
import {
  deliveryById,
  forgetSome,
  lastDeliveryAt,
  listDeliveries,
  setAsideSince,
} from './deliveries.ts';
import { finishLeft } from './finish-left.ts';
import { forgetOldRejections, recordRejection, rejectedSince, rejections } from './rejections.ts';

export function createJournal(
  core: Core,
  operations: Operations,
  acknowledgeWithinMs = secondMs,
): JournalStore {
  const { keep, run, runInBatches } = operations;
  const applier = createApplier(core);

  async function prune(before: Instant): Promise<number> {
    const now = core.clock.now();
    await runInBatches('journal.prune', () => forgetOldHeldStatuses(core, now));
    await run('journal.prune', () => forgetOldRejections(core, now));
    const done = await runInBatches('journal.prune', () => forgetSome(core, 'DONE', before));
    const asideBefore = now - longestJournalDays * dayMs;
    const aside = await runInBatches('journal.prune', () =>
      forgetSome(core, 'SET_ASIDE', asideBefore),
    );
    // Last: there is less to look through, and what fails here keeps nothing from being removed.
    await finishLeft(core, now, operations);
    return done + aside;
  }

  return {
    accept: (delivery) =>
      run('journal.accept', () => accept(core, delivery, { applier, keep, acknowledgeWithinMs })),
    reapply: (id, elements) => run('journal.reapply', () => reapply(core, id, elements)),
    get: (id) => run('journal.get', () => deliveryById(core, id)),
    list: (query) => run('journal.list', () => listDeliveries(core, query)),
    recordRejection: (rejection) =>
      run('journal.recordRejection', () => recordRejection(core, rejection)),
    rejections: (limit) => run('journal.rejections', () => rejections(core, limit)),
    summary: (since) =>
      run('journal.summary', async () => {
        const [lastAt, rejected, setAside] = await Promise.all([
          lastDeliveryAt(core),
          rejectedSince(core, since),
          setAsideSince(core, since),
        ]);
        return { lastDeliveryAt: lastAt, rejected, setAside };
      }),
    prune,
  };
}
