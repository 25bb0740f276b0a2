import type { ConversationStore } from '../storage/store.ts';
import type { FeedEvent, LoggedChange } from './events.ts';
import { lookAround } from './surroundings.ts';
import type { SurroundingsPorts } from './surroundings.ts';

export interface HydrationPorts {
  readonly messages: SurroundingsPorts;
  readonly conversations: Pick<ConversationStore, 'byIds'>;
}

/** Changes with the messages and conversations as they are now: a few reads for all of them. */
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
  const around = await lookAround(messageById, conversationById.values(), messages);
  return changes.map(({ cursor, type, at, messageId, conversationId }) => ({
    cursor,
    type,
    at,
    message: messageId === null ? null : (messageById.get(messageId) ?? null),
    conversation: conversationById.get(conversationId) ?? null,
    around,
  }));
}
