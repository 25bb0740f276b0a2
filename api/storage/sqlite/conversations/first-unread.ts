import type { ConversationId } from '../../../ids.ts';
import type { Message } from '../../../messages/message.ts';
import type { Database } from '../database.ts';
import { messageRows, toMessage } from '../messages/message-rows.ts';
import type { MessageRow } from '../messages/message-rows.ts';
import { conversationById } from './conversation-rows.ts';

export function firstUnread(database: Database, id: ConversationId): Message | null {
  const conversation = conversationById(database, id);
  if (conversation === undefined) return null;
  const row = database.get<MessageRow>(
    `${messageRows} WHERE m.ord =
       (SELECT min(message) FROM unseen WHERE conversation = ? AND is_counted = 1)`,
    conversation.key,
  );
  return row === undefined ? null : toMessage(row);
}
