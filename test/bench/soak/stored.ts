import type { Api, StoredConversation, StoredMessage } from './api.ts';

/** All that the server has, read through its API. */
export interface Stored {
  readonly conversations: readonly StoredConversation[];
  readonly chats: ReadonlyMap<string, readonly StoredMessage[]>;
}

export async function readStored(api: Api): Promise<Stored> {
  const conversations = await api.conversations();
  const chats = new Map<string, readonly StoredMessage[]>();
  for (const { id } of conversations) chats.set(id, await api.messages(id));
  return { conversations, chats };
}
