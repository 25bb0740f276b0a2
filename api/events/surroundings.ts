import type { Conversation } from '../conversations/conversation.ts';
import type { MessageId } from '../ids.ts';
import type { Message, Reaction } from '../messages/message.ts';
import { messagesByName, namesIn } from '../messages/named-message.ts';
import type { MessageStore } from '../storage/store.ts';

/** What the messages and conversations of events refer to: read once for many events, not for each that is told. */
export interface Surroundings {
  readonly messages: ReadonlyMap<MessageId, Message>;
  /** Of each of these messages, where there are any. */
  readonly reactions: ReadonlyMap<MessageId, readonly Reaction[]>;
  /** What they quote or react to, by `keyOfName`. Null: it is not here. */
  readonly targets: ReadonlyMap<string, Message | null>;
}

export const noSurroundings: Surroundings = {
  messages: new Map(),
  reactions: new Map(),
  targets: new Map(),
};

export type SurroundingsPorts = Pick<MessageStore, 'byIds' | 'byWamids' | 'reactionsTo'>;

/** The last messages of the conversations, and what these and the others quote, react to and are reacted to with. */
export async function lookAround(
  known: ReadonlyMap<MessageId, Message>,
  conversations: Iterable<Conversation>,
  store: SurroundingsPorts,
): Promise<Surroundings> {
  const lastIds = Array.from(conversations, ({ lastMessageId }) => lastMessageId ?? []).flat();
  const missing = [...new Set(lastIds)].filter((id) => !known.has(id));
  const others = missing.length === 0 ? [] : await store.byIds(missing);
  const messages = new Map([...known, ...others]);
  const all = [...messages.values()];
  const [reactions, targets] = await Promise.all([
    all.length === 0 ? new Map<never, never>() : store.reactionsTo(all),
    messagesByName(store, all.flatMap(namesIn)),
  ]);
  return { messages, reactions, targets };
}
