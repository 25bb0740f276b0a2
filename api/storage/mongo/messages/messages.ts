import type { MessageStore } from '../../store.ts';
import type { Core } from '../core.ts';
import { newestId } from '../newest-id.ts';
import type { Operations } from '../operations.ts';
import { enqueue } from './enqueue.ts';
import { toMessage } from './message-documents.ts';
import { messagePage } from './message-pages.ts';
import { reactionsTo } from './reactions.ts';
import { requeue } from './requeue.ts';
import { sentBefore } from './sent-before.ts';
import { messagesByWamids } from './wamids.ts';

export function createMessageStore(core: Core, { run }: Operations): MessageStore {
  return {
    byIds: (ids) =>
      run('messages.byIds', async () => {
        const found = await core.collections.messages.find({ _id: { $in: [...ids] } }).toArray();
        return new Map(found.map((document) => [document._id, toMessage(document)]));
      }),
    byWamids: (phoneNumberId, wamids) =>
      run('messages.byWamids', async () => {
        const found = await messagesByWamids(core, phoneNumberId, wamids);
        return new Map(Array.from(found, ([wamid, document]) => [wamid, toMessage(document)]));
      }),
    page: (query) => run('messages.page', () => messagePage(core, query)),
    reactionsTo: (messages) => run('messages.reactionsTo', () => reactionsTo(core, messages)),
    enqueue: (message) => run('messages.enqueue', () => enqueue(core, message)),
    byClientMessageId: (sender, clientMessageId) =>
      run('messages.byClientMessageId', async () => {
        const document = await sentBefore(core, { sender, clientMessageId });
        return document === null ? null : toMessage(document);
      }),
    requeue: (id, queue) => run('messages.requeue', () => requeue(core, id, queue)),
    newestId: () => run('messages.newestId', () => newestId(core)),
  };
}
