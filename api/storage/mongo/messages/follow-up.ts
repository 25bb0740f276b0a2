import { opensServiceWindow } from '../../../messages/message-content.ts';
import type { ConversationId } from '../../../ids.ts';
import { mergeRaises } from '../conversations/raise.ts';
import type { Raise } from '../conversations/raise.ts';
import { refreshConversation } from '../conversations/refresh-conversation.ts';
import type { Core } from '../core.ts';
import type { MessageDocument } from '../documents.ts';
import { without } from '../without.ts';
import { parseContent } from './message-documents.ts';
import { reactToTargets } from './react-to-targets.ts';
import { settleWaiting } from './waiting.ts';

/**
 * What follows from messages that are stored: their conversations count and show them, what waited for their
 * wamids happens, reactions get to their messages. Again is the same as once. Last of all they are new no
 * more: until then whoever meets them does this.
 */
export async function followUpAll(
  core: Core,
  messages: readonly MessageDocument[],
): Promise<MessageDocument[]> {
  if (messages.length === 0) return [];
  const [homes] = await Promise.all([
    refreshAll(core, messages),
    settleWaiting(core, messages.flatMap(namedByWamid)),
    reactToTargets(core, messages),
  ]);
  await core.collections.messages.updateMany(
    { _id: { $in: messages.map(({ _id }) => _id) }, isNew: true },
    { $unset: { isNew: '', untold: '' } },
  );
  return messages.map((message) => ({
    ...without(message, 'isNew'),
    conversationId: homes.get(message.conversationId) ?? message.conversationId,
  }));
}

function namedByWamid(message: MessageDocument) {
  const { delivery, wamidKey } = message;
  return wamidKey === undefined ? [] : [{ message, key: wamidKey, attempt: delivery.attempt }];
}

/** Once for each conversation; resolves with which it is by now, where it was joined meanwhile. */
async function refreshAll(
  core: Core,
  messages: readonly MessageDocument[],
): Promise<ReadonlyMap<ConversationId, ConversationId>> {
  const raises = new Map<ConversationId, Raise>();
  for (const message of messages) {
    const { conversationId } = message;
    raises.set(conversationId, mergeRaises(raises.get(conversationId) ?? {}, raiseOf(message)));
  }
  const refreshed = Array.from(
    raises,
    async ([id, raise]) => [id, (await refreshConversation(core, id, raise))._id] as const,
  );
  return new Map(await Promise.all(refreshed));
}

function raiseOf({ _id, content, direction, second, timestamp }: MessageDocument): Raise {
  const opens = direction === 'INBOUND' && opensServiceWindow(parseContent(content));
  return { last: { _id, second, timestamp }, ...(opens && { lastInboundAt: timestamp }) };
}
