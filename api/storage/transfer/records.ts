import type { Instant } from '../../clock.ts';
import type { Contact } from '../../contacts/contact.ts';
import type { ContactId, ConversationId, DeliveryId, MessageId } from '../../ids.ts';
import type { Place } from '../../messages/chat-order.ts';
import type { DeliveryState, Failure, StatusReport } from '../../messages/delivery-status.ts';
import type { Direction } from '../../messages/message.ts';
import type { JournalEntry, Rejection } from '../store.ts';

/** Of another version nothing is taken. */
export const transferVersion = 1;

/**
 * Everything that is kept, as records that belong to no store: each thing once, and nothing that follows from others
 * (search words, reactions as shown, the words and numbers of a contact). Times are epoch milliseconds. In this order they are
 * taken: what a record names is there before.
 */
export interface TransferRecords {
  readonly contacts: ContactRecord;
  readonly identifiers: IdentifierRecord;
  readonly conversations: ConversationRecord;
  readonly messages: MessageRecord;
  readonly numbers: NumberRecord;
  readonly lines: LineRecord;
  readonly heldStatuses: HeldStatusRecord;
  readonly receipts: ReceiptRecord;
  readonly deliveries: DeliveryRecord;
  readonly rejections: Rejection;
  readonly rejectionCounts: RejectionCountRecord;
  readonly newestId: NewestIdRecord;
}

export type TransferKind = keyof TransferRecords;

export const transferKinds: readonly TransferKind[] = [
  'contacts',
  'identifiers',
  'conversations',
  'messages',
  'numbers',
  'lines',
  'heldStatuses',
  'receipts',
  'deliveries',
  'rejections',
  'rejectionCounts',
  'newestId',
];

export interface ContactRecord extends Contact {
  /** Of those that were absorbed by it, in their own order. */
  readonly formerIds: readonly ContactId[];
}

export interface IdentifierRecord {
  readonly kind: 'phone' | 'user';
  readonly value: string;
  readonly contactId: ContactId;
}

/** One that holds a message; others nobody has seen. */
export interface ConversationRecord {
  readonly id: ConversationId;
  readonly phoneNumberId: string;
  readonly contactId: ContactId;
  readonly unread: number;
  readonly lastMessage: Place;
  readonly lastActivityAt: Instant;
  readonly lastInboundAt: Instant | null;
  readonly refusedAt: Instant | null;
  /** In the order in which they are shown. */
  readonly formerIds: readonly ConversationId[];
}

/** In the order of all chats: (second, id). */
export interface MessageRecord {
  readonly id: MessageId;
  readonly conversationId: ConversationId;
  readonly phoneNumberId: string;
  readonly wamid: string | null;
  readonly direction: Direction;
  /** JSON of a MessageContent, to the letter. */
  readonly content: string;
  readonly timestamp: Instant;
  readonly receivedAt: Instant;
  readonly delivery: DeliveryState;
  readonly sender: string | null;
  readonly clientMessageId: string | null;
  readonly replyToWamid: string | null;
  /** Inbound and not marked seen. `counted`: as unread. */
  readonly unseen: { readonly counted: boolean } | null;
  readonly attempts: readonly AttemptRecord[];
}

export interface AttemptRecord {
  readonly attempt: number;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly outcome: string | null;
  readonly code: number | null;
  readonly wamid: string | null;
}

/** Our own numbers. Those of which nothing is known are none. */
export interface NumberRecord {
  readonly phoneNumberId: string;
  readonly displayPhoneNumber: string | null;
  readonly paceUntil: Instant | null;
  readonly nextSendAt: Instant;
}

/** What waits for one recipient, in order, and the pace of the pair. */
export interface LineRecord {
  readonly conversationId: ConversationId;
  readonly phoneNumberId: string;
  readonly paceUntil: Instant | null;
  readonly queue: readonly QueuedRecord[];
}

export interface QueuedRecord {
  readonly messageId: MessageId;
  /** Where it stands among those of other lines, roughly: the stores count differently, so it is not compared. */
  readonly position: number;
  readonly queuedAt: Instant;
  readonly dueAt: Instant;
  readonly giveUpAt: Instant;
  readonly refusals: number;
  /** Set while SENDING. */
  readonly leaseUntil: Instant | null;
}

export interface HeldStatusRecord {
  readonly phoneNumberId: string;
  readonly wamid: string;
  readonly status: StatusReport['status'];
  readonly at: Instant;
  readonly failure: Failure | null;
  readonly heldSince: Instant;
}

export interface ReceiptRecord {
  readonly conversationId: ConversationId;
  readonly phoneNumberId: string;
  readonly messageId: MessageId;
  readonly wamid: string;
  readonly second: number;
  readonly dueAt: Instant;
  readonly attempt: number;
}

export interface DeliveryRecord extends JournalEntry {
  readonly id: DeliveryId;
  readonly body: Buffer;
}

export interface RejectionCountRecord {
  /** Epoch minutes. */
  readonly minute: number;
  readonly rejected: number;
}

/** Later ids are larger than this, also where what bore it was removed. Without its kind: all share one order. */
export interface NewestIdRecord {
  readonly part: string;
}
