import type { ConversationStore, MessageStore } from '../storage/store.ts';
import type { FeedEvent, LoggedChange } from './events.ts';

export interface HydrationPorts {
  readonly messages: Pick<MessageStore, 'byIds'>;
  readonly conversations: Pick<ConversationStore, 'byIds'>;
}

/** Changes with the messages and conversations as they are now: two reads for all of them. */
export async function hydrateChanges(
  changes: readonly LoggedChange[],
  { messages, conversations }: HydrationPorts,
): Promise<FeedEvent[]> {
  if (changes.length === 0) return [];
  const messageIds = new Set(changes.flatMap(({ messageId }) => messageId ?? []));
  const conversationIds = new Set(changes.map(({ conversationId }) => conversationId));
  const [messageById, conversationById] = await Promise.all([
    messages.byIds([...messageIds]),
    conversations.byIds([...conversationIds]),
  ]);
  return changes.map(({ cursor, type, at, messageId, conversationId }) => ({
    cursor,
    type,
    at,
    message: messageId === null ? null : (messageById.get(messageId) ?? null),
    conversation: conversationById.get(conversationId) ?? null,
  }));
}
