import type { ApolloCache } from '@apollo/client';
import { ConversationPartsFragmentDoc } from '../graphql/graphql';
import type { ConversationPartsFragment } from '../graphql/graphql';

const parts = { fragment: ConversationPartsFragmentDoc, fragmentName: 'ConversationParts' };

/** Writes a conversation into the cache, for those who watch it there. */
export function keepConversation(
  cache: ApolloCache,
  conversation: ConversationPartsFragment,
): void {
  cache.writeFragment({
    from: { __typename: 'Conversation', id: conversation.id },
    ...parts,
    data: conversation,
  });
}

/** A conversation as the cache has it. */
export function cachedConversation(
  cache: ApolloCache,
  id: string,
): ConversationPartsFragment | null {
  return cache.readFragment({ from: { __typename: 'Conversation', id }, ...parts });
}
