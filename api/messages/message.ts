import type { Instant } from '../clock.ts';
import type { ConversationId, MessageId } from '../ids.ts';
import { statusOf } from './delivery-status.ts';
import type { DeliveryState } from './delivery-status.ts';
import type { MessageContent } from './message-content.ts';

export type Direction = 'INBOUND' | 'OUTBOUND';

export interface Message {
  readonly id: MessageId;
  readonly conversationId: ConversationId;
  /** The business number's id at Meta. */
  readonly phoneNumberId: string;
  /** WhatsApp's own id; null until WhatsApp has accepted an outbound message. Unique per phoneNumberId. */
  readonly wamid: string | null;
  readonly direction: Direction;
  readonly content: MessageContent;
  /** Meta's time for inbound messages, ours for outbound ones. */
  readonly timestamp: Instant;
  /** When it reached us. */
  readonly receivedAt: Instant;
  readonly delivery: DeliveryState;
  /** The idempotency key that its sender gave, unique per sender. */
  readonly clientMessageId: string | null;
  /** The message quoted, by WhatsApp's id; it may be one that we do not have. */
  readonly replyToWamid: string | null;
  /** Inbound only: somebody marked it seen. */
  readonly isSeen: boolean;
}

export interface Reaction {
  readonly emoji: string;
  readonly byCustomer: boolean;
  readonly at: Instant;
}

/** A person may have it sent again, as a new attempt. */
export function isRetryable({
  delivery,
  direction,
}: Pick<Message, 'delivery' | 'direction'>): boolean {
  const status = statusOf(delivery);
  return direction === 'OUTBOUND' && (status === 'FAILED' || status === 'UNKNOWN');
}
