import DataLoader from 'dataloader';
import type { Conversation } from '../conversations/conversation.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { ConversationId, MessageId } from '../ids.ts';
import type { Message, Reaction } from '../messages/message.ts';
import type { Messages } from '../messages/messages.ts';

/** One query for many fields of an operation. */
export interface Loaders {
  readonly message: DataLoader<MessageId, Message | null>;
  readonly messageByWamid: DataLoader<Wamid, Message | null, string>;
  readonly reactions: DataLoader<Message, readonly Reaction[], MessageId>;
  readonly conversation: DataLoader<ConversationId, Conversation | null>;
}

export interface Wamid {
  readonly phoneNumberId: string;
  readonly wamid: string;
}

interface LoaderPorts {
  readonly messages: Pick<Messages, 'byIds' | 'byWamids' | 'reactionsTo'>;
  readonly conversations: Pick<Conversations, 'byIds'>;
}

export function createLoaders({ messages, conversations }: LoaderPorts): Loaders {
  return {
    message: new DataLoader(async (ids) => {
      const found = await messages.byIds(ids);
      return ids.map((id) => found.get(id) ?? null);
    }),
    messageByWamid: new DataLoader((keys) => loadByWamid(messages, keys), {
      cacheKeyFn: ({ phoneNumberId, wamid }) => `${phoneNumberId} ${wamid}`,
    }),
    reactions: new DataLoader(
      async (targets) => {
        const found = await messages.reactionsTo(targets);
        return targets.map(({ id }) => found.get(id) ?? []);
      },
      { cacheKeyFn: ({ id }) => id },
    ),
    conversation: new DataLoader(async (ids) => {
      const found = await conversations.byIds(ids);
      return ids.map((id) => found.get(id) ?? null);
    }),
  };
}

// Wamids are unique per business number, and there are few of those.
async function loadByWamid(
  messages: LoaderPorts['messages'],
  keys: readonly Wamid[],
): Promise<(Message | null)[]> {
  const found = new Map<string, ReadonlyMap<string, Message>>();
  for (const phoneNumberId of new Set(keys.map((key) => key.phoneNumberId))) {
    const group = keys.filter((key) => key.phoneNumberId === phoneNumberId);
    const wamids = group.map(({ wamid }) => wamid);
    found.set(phoneNumberId, await messages.byWamids(phoneNumberId, wamids));
  }
  return keys.map(({ phoneNumberId, wamid }) => found.get(phoneNumberId)?.get(wamid) ?? null);
}
