import type { Instant } from '../clock.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { ConversationId, MessageId } from '../ids.ts';
import type { Message } from '../messages/message.ts';
import type { Surroundings } from './surroundings.ts';

export type ChangeType = 'MESSAGE_ADDED' | 'MESSAGE_UPDATED' | 'CONVERSATION_UPDATED';

/** One entry of the durable log of changes, written together with the change itself. */
export interface LoggedChange {
  readonly cursor: string;
  readonly type: ChangeType;
  readonly at: Instant;
  readonly conversationId: ConversationId;
  /** Null for CONVERSATION_UPDATED. */
  readonly messageId: MessageId | null;
}

/**
 * What a subscriber gets. It says what changed, and carries the message and the conversation as
 * they are when it is read from the log: never older than the change. One instance is shared by all
 * who are live.
 */
export interface FeedEvent {
  readonly cursor: string;
  readonly type: ChangeType | 'READY' | 'RESYNC';
  readonly at: Instant;
  readonly message: Message | null;
  readonly conversation: Conversation | null;
  /** What they refer to, never older than they are. */
  readonly around: Surroundings;
}

export interface FeedRequest {
  /** Resume after this cursor; without it the stream starts now, with READY. */
  readonly after: string | null;
  /** Which events are wanted; READY and RESYNC always are. */
  readonly wants: (event: FeedEvent) => boolean;
  /** Called once when it was live and has fallen too far behind: the next read throws SlowConsumerError. */
  readonly onPassed?: () => void;
}

/** The live side of the store: replay, then live, in one order, without gap or repeat at the cut-over. */
export interface EventFeed {
  /** Ends when `return()` is called; throws SlowConsumerError when the reader falls too far behind. */
  subscribe(request: FeedRequest): AsyncIterableIterator<FeedEvent>;
  /** Where a stream that began now would begin; null while the store cannot tell. */
  head(): Promise<string | null>;
  readonly subscribers: number;
  stop(): Promise<void>;
}
