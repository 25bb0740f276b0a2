import type { LiveEvent } from '../connection/live-updates';
import { previewText } from '../message-text/preview-text';

export interface Surroundings {
  /** The chat that is open in this window. */
  readonly openId: string | null;
  /** The window is visible and has the focus. */
  readonly isHere: boolean;
  readonly isQuiet: (conversationId: string) => boolean;
}

/** What somebody is to be told of. */
export interface Ring {
  readonly messageId: string;
  readonly conversationId: string;
  readonly name: string;
  readonly text: string;
  /** Seen here at this moment: no window has to ring. */
  readonly isSeen: boolean;
}

/** What a new message calls for; null: nobody has to be told. */
export function ringOf(event: LiveEvent, { isHere, isQuiet, openId }: Surroundings): Ring | null {
  const { conversation, message, type } = event;
  if (type !== 'MESSAGE_ADDED' || message === null || conversation === null) return null;
  if (message.direction !== 'INBOUND') return null;
  // Nobody waits for an answer to these.
  if (message.type === 'REACTION' || message.type === 'SYSTEM') return null;
  if (isQuiet(conversation.id)) return null;
  return {
    messageId: message.id,
    conversationId: conversation.id,
    name: conversation.contact.displayName,
    text: previewText(message),
    isSeen: isHere && openId === conversation.id,
  };
}
