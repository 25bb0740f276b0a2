import type { OutboxStore } from '../../store.ts';
import type { Core } from '../core.ts';
import type { Operations } from '../operations.ts';

const missing = () => Promise.reject(new Error('not there yet'));

export function createOutboxStore(_core: Core, _operations: Operations): OutboxStore {
  return {
    claim: missing,
    settle: missing,
    expireLeases: missing,
    nextDueAt: missing,
    summary: missing,
    claimReceipts: missing,
    settleReceipt: missing,
  };
}
