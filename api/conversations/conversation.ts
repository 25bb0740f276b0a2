import type { Contact } from '../contacts/contact.ts';
import type { Instant } from '../clock.ts';
import type { ConversationId, MessageId } from '../ids.ts';
import type { WindowFacts } from './service-window.ts';

/** The chat of one contact with one business number. */
export interface Conversation {
  readonly id: ConversationId;
  readonly phoneNumberId: string;
  readonly contact: Contact;
  readonly unreadCount: number;
  /** The last one in the order of the chat. */
  readonly lastMessageId: MessageId | null;
  /** The time of the last message. */
  readonly lastActivityAt: Instant;
  readonly window: WindowFacts;
  /** Ids of conversations that were joined into this one, when two contacts turned out to be one person. */
  readonly formerIds: readonly ConversationId[];
}
