import type { Instant } from '../../clock.ts';
import type { Contact } from '../../contacts/contact.ts';
import type { ContactId, ConversationId, DeliveryId, MessageId } from '../../ids.ts';
import type { DeliveryState, Failure, StatusReport } from '../../messages/delivery-status.ts';
import type { Direction } from '../../messages/message.ts';
import type { DeliveryState as JournalState, Verdict } from '../store.ts';

/**
 * The documents as they are stored (docs/decisions/0005). Times are epoch milliseconds. A field that may
 * be absent is absent rather than null where an index is partial on it.
 */

/** Who a phone number or a user id belongs to: the one truth about it. */
export interface IdentifierDocument {
  /** `phone:<wa_id>` or `user:<BSUID>`. */
  readonly _id: string;
  readonly contactId: ContactId;
}

export interface ContactDocument extends Omit<Contact, 'id'> {
  readonly _id: ContactId;
  /** Every number by which the contact is known, former ones too. */
  readonly numbers: readonly string[];
  readonly revision: number;
  /** About to absorb this contact; whoever meets it finishes that before anything else. */
  readonly absorbing?: ContactId;
  /** Absorbed by this contact: whoever meets it goes on there. */
  readonly joinedInto?: ContactId;
}

export interface ConversationDocument {
  readonly _id: ConversationId;
  /** `<contactId>/<phoneNumberId>`, unique; absent once it was joined into another. */
  readonly key?: string;
  readonly joinedInto?: ConversationId;
  readonly phoneNumberId: string;
  /** As it was when last noted; `contactRevision` tells whether that is old. */
  readonly contact: Contact;
  readonly contactRevision: number;
  /** Words by which the contact is found, and their beginnings: see contact-tokens.ts. */
  readonly tokens: readonly string[];
  readonly unread: number;
  readonly lastMessage: { readonly second: number; readonly id: MessageId } | null;
  readonly lastActivityAt: Instant;
  /** Of the last message, as `second` there: with the id the place in the list. -1: not listed (empty, or joined). */
  readonly activitySecond: number;
  readonly lastInboundAt: Instant | null;
  readonly refusedAt: Instant | null;
  readonly formerIds: readonly ConversationId[];
  /**
   * Counted up by a write that is CONVERSATION_UPDATED. What follows from a new message (unread, last message,
   * window, its contact's new name) is told with MESSAGE_ADDED and leaves this alone.
   */
  readonly told: number;
  readonly revision: number;
}

export interface MessageDocument {
  readonly _id: MessageId;
  readonly conversationId: ConversationId;
  readonly phoneNumberId: string;
  readonly direction: Direction;
  /** Whole second of the timestamp: with the id the place in the chat. */
  readonly second: number;
  readonly timestamp: Instant;
  readonly receivedAt: Instant;
  readonly wamid: string | null;
  /** `<phoneNumberId>/<wamid>`, unique; absent while there is none. */
  readonly wamidKey?: string;
  /** JSON of a MessageContent. */
  readonly content: string;
  readonly delivery: DeliveryState;
  /** Who sent it, where that is known. */
  readonly sender: string | null;
  readonly clientMessageId: string | null;
  /** `<sender>/<clientMessageId>`, unique; absent without a key. */
  readonly sendKey?: string;
  readonly replyToWamid: string | null;
  /** Of a reaction: `<phoneNumberId>/<wamid>` of its message. */
  readonly targetKey?: string;
  /** The newest reaction of each side, also one that was taken back. */
  readonly reactions: {
    readonly INBOUND?: StoredReaction;
    readonly OUTBOUND?: StoredReaction;
  };
  /** Inbound and not marked seen; absent otherwise. `counted`: as unread. */
  readonly unseen?: { readonly counted: boolean };
  /** What it is found by, see search/tokens.ts. */
  readonly tokens: readonly string[];
  readonly attempts: readonly AttemptRecord[];
  /** `<phoneNumberId>/<wamid>` of every attempt whose wamid is known. */
  readonly attemptKeys: readonly string[];
  /** Its place in its recipient's line, kept when it has left. */
  readonly position?: number;
  /** Present while it is QUEUED or SENDING. */
  readonly queue?: QueuePlace;
  /**
   * Inserted with it; removed once its conversation shows it, with all that follows: the removal is MESSAGE_ADDED,
   * so that an event never carries a conversation from before its message. Whoever meets one that still has it
   * (a repeated delivery, a repeated send, a claim, a sweep) makes its follow-ups first.
   */
  readonly isNew?: true;
  /** The revision of the last change before MESSAGE_ADDED, which tells it: such a write is no event of its own. */
  readonly untold?: number;
  readonly revision: number;
}

export interface StoredReaction {
  /** Null: taken back. */
  readonly emoji: string | null;
  readonly at: Instant;
  readonly second: number;
  readonly id: MessageId;
}

export interface AttemptRecord {
  readonly attempt: number;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly outcome: string | null;
  readonly code: number | null;
  readonly wamid: string | null;
}

export interface QueuePlace {
  readonly queuedAt: Instant;
  readonly dueAt: Instant;
  readonly giveUpAt: Instant;
  readonly refusals: number;
  /** Set while SENDING. */
  readonly leaseUntil: Instant | null;
}

/** One line per conversation in the outbox. */
export interface LineDocument {
  readonly _id: ConversationId;
  readonly phoneNumberId: string;
  /** The last position that was given out: at least the time of it, so that two lines can become one. */
  readonly next: number;
  /** Positions given out whose messages are not known to be there yet. */
  readonly announced: readonly Announcement[];
  /** When its first message may be claimed; absent: nobody waits, or one is being sent. */
  readonly dueAt?: Instant;
  /** Held until then for this attempt: by whoever claims or sends it. */
  readonly leaseUntil?: Instant;
  readonly holder?: LineHolder;
  /** Theoretical arrival time of the pair rate limit. */
  readonly paceUntil?: Instant;
  readonly revision: number;
}

export interface Announcement {
  readonly position: number;
  readonly at: Instant;
}

export interface LineHolder {
  readonly messageId: MessageId;
  readonly attempt: number;
}

/** Our own numbers, as they turn up in deliveries and sends. */
export interface NumberDocument {
  /** phone_number_id. */
  readonly _id: string;
  readonly displayPhoneNumber?: string;
  /** Theoretical arrival time of the per-number rate limit. */
  readonly paceUntil?: Instant;
  /** When that limit allows the next send; nothing is due before. */
  readonly nextSendAt?: Instant;
}

/** The newest read receipt that WhatsApp has to be told of a conversation. */
export interface ReceiptDocument {
  readonly _id: ConversationId;
  readonly phoneNumberId: string;
  readonly wamid: string;
  readonly messageId: MessageId;
  readonly second: number;
  readonly dueAt: Instant;
  readonly attempt: number;
}

export interface HeldStatusDocument {
  /** `<phoneNumberId>/<wamid>/<status>/<at>`: the same report is held once. */
  readonly _id: string;
  /** `<phoneNumberId>/<wamid>`. */
  readonly wamidKey: string;
  readonly phoneNumberId: string;
  readonly wamid: string;
  readonly status: StatusReport['status'];
  readonly at: Instant;
  readonly failure: Failure | null;
  readonly heldSince: Instant;
}

export interface DeliveryDocument {
  readonly _id: DeliveryId;
  readonly receivedAt: Instant;
  readonly state: JournalState;
  readonly sizeBytes: number;
  readonly verdicts: readonly Verdict[];
  readonly body: Buffer;
}

export interface RejectionDocument {
  readonly at: Instant;
  readonly status: number;
  readonly reason: string;
  readonly times: number;
}

export interface RejectionCountDocument {
  /** Epoch minutes. */
  readonly _id: number;
  readonly rejected: number;
}

export interface SettingDocument {
  readonly _id: string;
  readonly value: unknown;
}

/** One per process: its event in the change stream is the end of the log at that moment. */
export interface MarkDocument {
  readonly _id: string;
  readonly count: number;
}

/** Every word that messages are found by, once: what the beginning of a word may go on to. */
export interface WordDocument {
  readonly _id: string;
}
