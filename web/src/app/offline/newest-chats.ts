import type { LateApollo } from '../apollo/late-apollo';
import { latestWindow } from '../timeline/open-chat/chat-window';
import type { ChatShelf } from './chat-shelf';
import type { Loaded } from './shelf-channel';

/** One question, answered from the store's indexes. */
const fetched = { chats: 10, messages: 25 };

/** Puts the newest chats on the shelf, though nobody has opened them here; and says which were not there. */
export async function shelveNewest(
  apollo: LateApollo,
  shelf: ChatShelf,
  isStillWanted: () => boolean,
): Promise<readonly Loaded[]> {
  try {
    const { conversations } = await apollo.query((of) => of.NewestChatsDocument, fetched);
    if (!isStillWanted()) return [];
    // The newest one is put last, and so stays longest.
    const missing = conversations.nodes.toReversed().filter(({ id, messages }) => {
      const known = shelf.get(id)?.messages.length ?? 0;
      return known < messages.nodes.length;
    });
    const loaded = missing.map(({ id, messages }) => ({
      conversationId: id,
      window: latestWindow(messages),
    }));
    for (const { conversationId, window } of loaded) shelf.putOfOther(conversationId, window);
    return loaded;
  } catch {
    // What is opened is kept all the same.
    return [];
  }
}
