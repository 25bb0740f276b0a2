import type { MessageStore } from '../../store.ts';
import { trustedId } from '../../../ids.ts';
import type { Core } from '../core.ts';
import { newestId } from '../newest-id.ts';
import type { Operations } from '../operations.ts';
import { enqueue, requeue, sentBefore } from './enqueue.ts';
import { messagePage } from './message-pages.ts';
import { messageRows, toMessage } from './message-rows.ts';
import type { MessageRow } from './message-rows.ts';
import { reactionsTo } from './reactions.ts';
import { messagesByWamids } from './wamids.ts';

export function createMessageStore(core: Core, operations: Operations): MessageStore {
  const { database } = core;
  const { read, write } = operations;
  return {
    byIds: (ids) =>
      read('messages.byIds', () => {
        const rows = database.all<MessageRow>(
          `${messageRows} WHERE m.id IN (SELECT value FROM json_each(?))`,
          JSON.stringify(ids),
        );
        return new Map(rows.map((row) => [trustedId('msg', row.id), toMessage(row)]));
      }),
    byWamids: (phoneNumberId, wamids) =>
      read('messages.byWamids', () => {
        const rows = messagesByWamids(database, phoneNumberId, wamids);
        return new Map(Array.from(rows, ([wamid, row]) => [wamid, toMessage(row)]));
      }),
    page: (query) => read('messages.page', () => messagePage(database, query)),
    reactionsTo: (messages) => read('messages.reactionsTo', () => reactionsTo(database, messages)),
    enqueue: (message) => write('messages.enqueue', () => enqueue(core, message)),
    byClientMessageId: (sender, clientMessageId) =>
      read('messages.byClientMessageId', () => {
        const row = sentBefore(database, { sender, clientMessageId });
        return row === undefined ? null : toMessage(row);
      }),
    requeue: (id, queue) => write('messages.requeue', () => requeue(core, id, queue)),
    newestId: () => read('messages.newestId', () => newestId(database)),
  };
}
