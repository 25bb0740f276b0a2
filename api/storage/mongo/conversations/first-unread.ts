import type { ConversationId } from '../../../ids.ts';
import type { Message } from '../../../messages/message.ts';
import type { Core } from '../core.ts';
import { toMessage } from '../messages/message-documents.ts';
import { byPlace } from '../paging.ts';
import { liveConversation } from './live-conversations.ts';

export async function firstUnread(core: Core, id: ConversationId): Promise<Message | null> {
  const conversation = await liveConversation(core, id);
  if (conversation === null) return null;
  const first = await core.collections.messages.findOne(
    { conversationId: conversation._id, unseen: { $exists: true }, 'unseen.counted': true },
    { sort: byPlace('second', true) },
  );
  return first === null ? null : toMessage(first);
}
