import type { EventFeed, FeedEvent } from '../events/events.ts';

export interface EventFilter {
  readonly after?: string | null | undefined;
  readonly conversationId?: string | null | undefined;
  readonly phoneNumber?: string | null | undefined;
}

/** The events that a subscriber wants, from the shared feed. */
export function followMessageEvents(
  { after, conversationId, phoneNumber }: EventFilter,
  feed: EventFeed,
): AsyncIterableIterator<FeedEvent> {
  return feed.subscribe({
    after: after ?? null,
    wants: ({ conversation }) => {
      if (conversation === null) return false;
      const ids: readonly string[] = [conversation.id, ...conversation.formerIds];
      if (conversationId != null && !ids.includes(conversationId)) return false;
      return phoneNumber == null || conversation.contact.phoneNumber === phoneNumber;
    },
  });
}
