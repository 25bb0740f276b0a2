import type { OutboxStore } from '../../store.ts';
import type { Core } from '../core.ts';
import type { Operations } from '../operations.ts';
import { claim, putBack } from './claim.ts';
import { expireLeases } from './expire-leases.ts';
import { claimReceipts, settleReceipt } from './receipts.ts';
import { settle } from './settle.ts';
import { nextDueAt, summary } from './summary.ts';

export function createOutboxStore(core: Core, { run }: Operations): OutboxStore {
  return {
    claim: (request) =>
      run(
        'outbox.claim',
        () => claim(core, request),
        (claimed) => putBack(core, claimed),
      ),
    settle: (claimed, outcome) => run('outbox.settle', () => settle(core, claimed, outcome)),
    expireLeases: (now) => run('outbox.expireLeases', () => expireLeases(core, now)),
    nextDueAt: () => run('outbox.nextDueAt', () => nextDueAt(core)),
    summary: (since) => run('outbox.summary', () => summary(core, since)),
    claimReceipts: (request) => run('outbox.claimReceipts', () => claimReceipts(core, request)),
    settleReceipt: (receipt, retryAt) =>
      run('outbox.settleReceipt', () => settleReceipt(core, receipt, retryAt)),
  };
}
