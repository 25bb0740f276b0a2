import type { MessageStore } from '../../store.ts';
import type { Core } from '../core.ts';
import type { Operations } from '../operations.ts';

const missing = () => Promise.reject(new Error('not there yet'));

export function createMessageStore(_core: Core, _operations: Operations): MessageStore {
  return {
    byIds: missing,
    byWamids: missing,
    page: missing,
    reactionsTo: missing,
    enqueue: missing,
    byClientMessageId: missing,
    requeue: missing,
    newestId: () => Promise.resolve(null),
  };
}
