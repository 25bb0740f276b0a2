import type { ConversationStore } from '../../store.ts';
import type { Core } from '../core.ts';
import type { Operations } from '../operations.ts';

const missing = () => Promise.reject(new Error('not there yet'));

export function createConversationStore(_core: Core, _operations: Operations): ConversationStore {
  return {
    byIds: missing,
    byPhoneNumber: missing,
    allByPhoneNumber: missing,
    contactsByIds: missing,
    page: missing,
    totalUnread: missing,
    markRead: missing,
    ownPhoneNumber: missing,
  };
}
