import type { Clock } from '../clock.ts';
import type { EventFeed } from '../events/events.ts';
import type { Loaders } from './loaders.ts';
import type { ConversationsApi, HealthApi, MessagesApi } from './use-cases.ts';

/** What resolvers get: use cases and what belongs to this one operation. */
export interface GraphQLContext {
  readonly messages: MessagesApi;
  readonly conversations: ConversationsApi;
  readonly health: HealthApi;
  readonly feed: EventFeed;
  readonly clock: Clock;
  /** Who sends: the scope of `clientMessageId`. */
  readonly sender: string;
  readonly loaders: Loaders;
}
