import type { Instant } from '../../../clock.ts';
import type { OutboxStore, OutboxSummary } from '../../store.ts';
import type { Core } from '../core.ts';
import type { Operations } from '../operations.ts';
import { claim } from './claim.ts';
import { waitingNumbers } from './lines.ts';
import { claimReceipts, settleReceipt } from './receipts.ts';
import { expireLeases, settle } from './settle.ts';

export function createOutboxStore(core: Core, operations: Operations): OutboxStore {
  const { database } = core;
  const { read, write } = operations;

  function nextDueAt(): Instant | null {
    const sends = database.get<{ at: number | null }>(
      `${waitingNumbers} SELECT min(max(coalesce(b.next_send_at, 0), (
         SELECT min(o.due_at) FROM outbox o WHERE o.phone_number_id = w.phone_number_id
           AND o.is_head = 1 AND o.lease_until IS NULL))) AS at
       FROM waiting w LEFT JOIN business_numbers b ON b.phone_number_id = w.phone_number_id
       WHERE w.phone_number_id IS NOT NULL`,
    )?.at;
    const receipts = database.get<{ at: number | null }>(
      'SELECT min(due_at) AS at FROM receipts',
    )?.at;
    const times = [sends, receipts].flatMap((at) => (at === null || at === undefined ? [] : [at]));
    return times.length === 0 ? null : Math.min(...times);
  }

  function summary(since: Instant): OutboxSummary {
    const row = database.get<{
      queued: number;
      oldest: number | null;
      failed: number;
      unknown: number;
    }>(
      `SELECT (SELECT count(*) FROM outbox) AS queued,
         (SELECT queued_at FROM outbox ORDER BY position LIMIT 1) AS oldest,
         (SELECT count(*) FROM messages WHERE stage = 'FAILED' AND delivered_at IS NULL
            AND read_at IS NULL AND failed_at >= ?) AS failed,
         (SELECT count(*) FROM messages WHERE stage = 'UNKNOWN') AS unknown`,
      since,
    );
    return {
      queued: row?.queued ?? 0,
      oldestQueuedAt: row?.oldest ?? null,
      failed: row?.failed ?? 0,
      unknown: row?.unknown ?? 0,
    };
  }

  return {
    claim: (request) => write('outbox.claim', () => claim(core, request)),
    settle: (claimed, outcome) => write('outbox.settle', () => settle(core, claimed, outcome)),
    expireLeases: (now) => write('outbox.expireLeases', () => expireLeases(core, now)),
    nextDueAt: () => read('outbox.nextDueAt', nextDueAt),
    summary: (since) => read('outbox.summary', () => summary(since)),
    claimReceipts: (request) =>
      write('outbox.claimReceipts', () => claimReceipts(database, request)),
    settleReceipt: (receipt, retryAt) =>
      write('outbox.settleReceipt', () => {
        settleReceipt(database, receipt, retryAt);
      }),
  };
}
