import type { ConversationPartsFragment, MessagePartsFragment } from '../../graphql/graphql';
import { previewText } from '../../message-text/preview-text';

/** What the customer wrote and nobody at this page can have read yet. */
export interface Unseen {
  readonly count: number;
  /** The newest of them, oldest first. */
  readonly texts: readonly string[];
}

export interface UnseenInput {
  /** Even if the end of the chat is some way off. */
  readonly isNewestInView: boolean;
  /** Ids of what came while the chat is open and was not scrolled to. */
  readonly arrivals: readonly string[];
  readonly messages: readonly MessagePartsFragment[];
  readonly hasNewer: boolean;
  readonly conversation: Pick<ConversationPartsFragment, 'unreadCount' | 'lastMessage'>;
}

const mostTexts = 3;

/** Null when the newest message is in view, or everything has been read. */
export function unseenOf(input: UnseenInput): Unseen | null {
  const { arrivals, conversation, hasNewer, messages } = input;
  const count = Math.max(arrivals.length, conversation.unreadCount);
  if (input.isNewestInView || count === 0) return null;
  const { lastMessage } = conversation;
  const loaded = hasNewer ? [] : messages.filter(isWritten).slice(-count);
  const last = lastMessage?.direction === 'INBOUND' ? [lastMessage] : [];
  const newest = loaded.length === 0 ? last : loaded;
  return { count, texts: newest.slice(-mostTexts).map(previewText) };
}

function isWritten({ direction, type }: MessagePartsFragment): boolean {
  return direction === 'INBOUND' && type !== 'REACTION' && type !== 'SYSTEM';
}
