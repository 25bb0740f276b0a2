import type { ConversationFilter, ConversationListQuery } from '../graphql/graphql';
import { compareByActivity } from './conversation-order';

type Page = ConversationListQuery['conversations'];
type Conversation = Page['nodes'][number];

/** What is loaded of the conversations of one filter: the newest ones, in order. */
export interface LoadedList {
  readonly filter: ConversationFilter;
  readonly items: readonly Conversation[];
  /** Where the next page begins; null: this is all. */
  readonly nextCursor: string | null;
}

export function emptyList(filter: ConversationFilter): LoadedList {
  return { filter, items: [], nextCursor: null };
}

/** The list with a further page at its end. */
export function withPage(list: LoadedList, { nodes, pageInfo }: Page): LoadedList {
  const all = new Map([...list.items, ...nodes].map((node) => [node.id, node]));
  return {
    ...list,
    items: [...all.values()].sort(compareByActivity),
    nextCursor: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  };
}

/**
 * The list as it is after an event that tells how this conversation is now, in place of those that were joined into it; the
 * very same one when it is none of it.
 */
export function withChange(list: LoadedList, conversation: Conversation): LoadedList {
  const replaced = [conversation.id, ...conversation.formerIds];
  const others = list.items.filter(({ id }) => !replaced.includes(id));
  const isKnown = others.length < list.items.length;
  if (!isKnown && !belongs(list.filter, conversation)) return list;
  const index = placeAmong(others, conversation);
  // Further down than what is loaded: the page that holds it will bring it.
  if (!isKnown && index === others.length && list.nextCursor !== null) return list;
  return { ...list, items: others.toSpliced(index, 0, conversation) };
}

/** Whom a search finds only the server knows. What was just read stays in the list of the unread until it is loaded anew. */
function belongs(
  { search, unreadOnly }: ConversationFilter,
  { unreadCount }: Conversation,
): boolean {
  return (search ?? '') === '' && (unreadOnly !== true || unreadCount > 0);
}

/** The first index of which the conversation there is older. */
function placeAmong(items: readonly Conversation[], conversation: Conversation): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = items[middle];
    if (other !== undefined && compareByActivity(other, conversation) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
