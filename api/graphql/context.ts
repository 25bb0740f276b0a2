import type { Clock } from '../clock.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { EventFeed, FeedEvent } from '../events/events.ts';
import type { Surroundings } from '../events/surroundings.ts';
import type { Health } from '../health/health.ts';
import type { Message } from '../messages/message.ts';
import type { Messages } from '../messages/messages.ts';
import { keyOfName, namesIn } from '../messages/named-message.ts';
import { createLoaders } from './loaders.ts';
import type { Loaders } from './loaders.ts';

/** The use cases behind the schema. */
export interface UseCases {
  readonly messages: Messages;
  readonly conversations: Conversations;
  readonly health: Health;
  readonly feed: EventFeed;
  readonly clock: Clock;
}

/** What belongs to one operation. */
export interface OperationTerms {
  /** Who sends: the scope of `clientMessageId`. */
  readonly sender: string;
  /** The cursor that the transport itself resumes from (`Last-Event-ID`). It outranks `after`. */
  readonly resumeAfter?: string | null;
  /** Called when the reader of this subscription has fallen too far behind. */
  readonly onPassed?: () => void;
}

/** What resolvers get. */
export interface GraphQLContext extends UseCases, OperationTerms {
  readonly loaders: Loaders;
}

export function createContext(useCases: UseCases, terms: OperationTerms): GraphQLContext {
  return { ...useCases, ...terms, loaders: createLoaders(useCases) };
}

/**
 * The context for one event of a subscription: its loaders are new, so that nothing is older than
 * the event, and know already what the event carries.
 */
export function contextOfEvent(
  context: GraphQLContext,
  { around, conversation, message }: Pick<FeedEvent, 'around' | 'conversation' | 'message'>,
): GraphQLContext {
  const loaders = createLoaders(context);
  if (conversation !== null) loaders.conversation.prime(conversation.id, conversation);
  const lastId = conversation?.lastMessageId ?? null;
  const last = lastId === null ? undefined : around.messages.get(lastId);
  for (const one of new Set([message, last])) if (one != null) primeMessage(loaders, one, around);
  return { ...context, loaders };
}

function primeMessage(loaders: Loaders, message: Message, around: Surroundings): void {
  const { id } = message;
  loaders.message.prime(id, message);
  // Those who are not read around are looked up.
  if (around.messages.has(id)) loaders.reactions.prime(message, around.reactions.get(id) ?? []);
  for (const name of namesIn(message)) {
    const target = around.targets.get(keyOfName(name));
    if (target !== undefined) loaders.messageByName.prime(name, target);
  }
}
