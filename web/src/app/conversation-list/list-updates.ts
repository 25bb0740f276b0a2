import type { ApolloCache } from '@apollo/client';
import { ConversationListDocument, ConversationPartsFragmentDoc } from '../graphql/graphql';
import type { ConversationFilter, ConversationPartsFragment } from '../graphql/graphql';
import { compareByActivity } from './conversation-order';

/** The filters whose lists can be kept up to date from events alone: whom a search finds only the server knows. */
export const liveFilters: readonly ConversationFilter[] = [{}, { unreadOnly: true }];

/** Writes a conversation into the cache and into the lists where it belongs. */
export function placeConversation(
  cache: ApolloCache,
  conversation: ConversationPartsFragment,
): void {
  cache.writeFragment({
    from: { __typename: 'Conversation', id: conversation.id },
    fragment: ConversationPartsFragmentDoc,
    fragmentName: 'ConversationParts',
    data: conversation,
  });
  for (const filter of liveFilters) {
    if (filter.unreadOnly === true && conversation.unreadCount === 0) continue;
    listIn(cache, filter, conversation);
  }
}

function listIn(
  cache: ApolloCache,
  filter: ConversationFilter,
  conversation: ConversationPartsFragment,
): void {
  cache.updateQuery(
    { query: ConversationListDocument, variables: { first: 0, filter } },
    (list) => {
      if (list === null) return undefined;
      const { nodes, pageInfo } = list.conversations;
      if (nodes.some((node) => node.id === conversation.id)) return undefined;
      // Further down than what is loaded: the page that holds it will bring it.
      if (pageInfo.hasNextPage && isBeyond(nodes, conversation)) return undefined;
      return { conversations: { ...list.conversations, nodes: [conversation, ...nodes] } };
    },
  );
}

function isBeyond(
  nodes: readonly ConversationPartsFragment[],
  conversation: ConversationPartsFragment,
): boolean {
  return nodes.every((node) => compareByActivity(node, conversation) < 0);
}
