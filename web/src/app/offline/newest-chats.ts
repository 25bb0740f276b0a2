import type { ApolloClient } from '@apollo/client';
import { NewestChatsDocument } from '../graphql/graphql';
import { latestWindow } from '../timeline/chat-window';
import type { ChatShelf } from './chat-shelf';

/** One question, answered from the store's indexes. */
const fetched = { chats: 10, messages: 25 };

/** Puts the newest chats on the shelf, though nobody has opened them here; false where that is not possible now. */
export async function shelveNewest(
  client: ApolloClient,
  shelf: ChatShelf,
  isStillWanted: () => boolean,
): Promise<boolean> {
  try {
    const { data } = await client.query({
      query: NewestChatsDocument,
      variables: fetched,
      fetchPolicy: 'no-cache',
    });
    if (data === undefined || !isStillWanted()) return false;
    // The newest one is put last, and so stays longest.
    for (const { id, messages } of data.conversations.nodes.toReversed()) {
      const known = shelf.get(id)?.messages.length ?? 0;
      if (known < messages.nodes.length) shelf.putOfOther(id, latestWindow(messages));
    }
    return true;
  } catch {
    // What is opened is kept all the same.
    return false;
  }
}
