import type { JournalStore } from '../../store.ts';
import type { Core } from '../core.ts';
import type { Operations } from '../operations.ts';

const missing = () => Promise.reject(new Error('not there yet'));

export function createJournal(_core: Core, _operations: Operations): JournalStore {
  return {
    accept: missing,
    reapply: missing,
    get: missing,
    list: missing,
    recordRejection: missing,
    rejections: missing,
    summary: missing,
    prune: missing,
  };
}
