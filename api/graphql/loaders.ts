import DataLoader from 'dataloader';
import type { Conversation } from '../conversations/conversation.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { ConversationId, MessageId } from '../ids.ts';
import type { Message, Reaction } from '../messages/message.ts';
import type { Messages } from '../messages/messages.ts';
import { keyOfName, messagesByName } from '../messages/named-message.ts';
import type { MessageName } from '../messages/named-message.ts';

/** One query for many fields of an operation. */
export interface Loaders {
  readonly message: DataLoader<MessageId, Message | null>;
  readonly messageByName: DataLoader<MessageName, Message | null, string>;
  readonly reactions: DataLoader<Message, readonly Reaction[], MessageId>;
  readonly conversation: DataLoader<ConversationId, Conversation | null>;
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
    messageByName: new DataLoader(
      async (names) => {
        const found = await messagesByName(messages, names);
        return names.map((name) => found.get(keyOfName(name)) ?? null);
      },
      { cacheKeyFn: keyOfName },
    ),
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
