import type { ApolloCache } from '@apollo/client';
import { ConversationPartsFragmentDoc } from '../graphql/graphql';
import type { ConversationPartsFragment } from '../graphql/graphql';

/** Writes a conversation into the cache, for those who watch it there. */
export function keepConversation(
  cache: ApolloCache,
  conversation: ConversationPartsFragment,
): void {
  cache.writeFragment({
    from: { __typename: 'Conversation', id: conversation.id },
    fragment: ConversationPartsFragmentDoc,
    fragmentName: 'ConversationParts',
    data: conversation,
  });
}
