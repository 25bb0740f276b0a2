import type { Instant } from '../clock.ts';
import type { Contact, Identity } from '../contacts/contact.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { WindowFacts } from '../conversations/service-window.ts';
import type { LoggedChange } from '../events/events.ts';
import type { ContactId, ConversationId, DeliveryId, MessageId } from '../ids.ts';
import type { Place } from '../messages/chat-order.ts';
import type { Failure } from '../messages/delivery-status.ts';
import type { Message, Reaction } from '../messages/message.ts';
import type { MessageContent } from '../messages/message-content.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { SearchTerms } from '../search/tokens.ts';
import type { DeliveryElement } from '../webhook/delivery-element.ts';

/**
 * Everything that is kept. Each method is one use case's whole step: it either happened durably
 * when the promise resolves, together with its events, or not at all. Rejects with
 * StoreUnavailableError when the store cannot be reached or written.
 */
export interface Store {
  readonly kind: 'EMBEDDED' | 'MONGODB';
  readonly journal: JournalStore;
  readonly messages: MessageStore;
  readonly conversations: ConversationStore;
  readonly outbox: OutboxStore;
  readonly changes: ChangeLog;
  /** A cheap round trip. Never rejects. */
  check(): Promise<StoreCheck>;
  /** Finishes what was begun and closes. Safe twice. */
  stop(): Promise<void>;
}

export interface StoreCheck {
  readonly ok: boolean;
  readonly latencyMs: number | null;
  /** What is wrong, or what the background check found; null when nothing. */
  readonly detail: string | null;
}

// ------------------------------------------------------------------------------------------- in

/** The journal of webhook deliveries, and their application. */
export interface JournalStore {
  /**
   * Writes the delivery down and applies its elements. Applying is idempotent element by element.
   * An element that fails is set aside; when applying as a whole fails or takes longer than 1 s the
   * delivery stays PENDING, and this resolves all the same.
   */
  accept(delivery: NewDelivery): Promise<JournalEntry>;
  /** Applies the elements of a journaled delivery once more and replaces its verdicts; null when it is not there. */
  reapply(id: DeliveryId, elements: readonly DeliveryElement[]): Promise<JournalEntry | null>;
  get(id: DeliveryId): Promise<(JournalEntry & { readonly body: Buffer }) | null>;
  /** Newest first. */
  list(query: JournalQuery): Promise<readonly JournalEntry[]>;
  /** Rejected deliveries are counted and listed, their bodies are not kept. */
  recordRejection(rejection: Rejection): Promise<void>;
  /** Newest first. */
  rejections(limit: number): Promise<readonly Rejection[]>;
  summary(since: Instant): Promise<JournalSummary>;
  /**
   * Removes DONE deliveries received before `before`, and whatever else has served its time (what was set aside: 90 days,
   * statuses without a message: 30 days); PENDING ones never. Finishes what processes that died have left half done.
   */
  prune(before: Instant): Promise<number>;
}

export interface NewDelivery {
  readonly receivedAt: Instant;
  /** The raw bytes, as signed. */
  readonly body: Buffer;
  readonly elements: readonly DeliveryElement[];
}

export type DeliveryState = 'PENDING' | 'DONE' | 'SET_ASIDE';

export interface JournalEntry {
  readonly id: DeliveryId;
  readonly receivedAt: Instant;
  readonly state: DeliveryState;
  readonly sizeBytes: number;
  readonly verdicts: readonly Verdict[];
}

/** What became of one element of a delivery. */
export interface Verdict {
  /** Where it stands, for example `entry[0].changes[1].value.messages[0]`. */
  readonly path: string;
  /** REPEATED: known already, nothing changed. KEPT: nothing for the inbox, in the journal only. HELD: a status waiting for its message. */
  readonly result: 'APPLIED' | 'REPEATED' | 'HELD' | 'KEPT' | 'SET_ASIDE';
  readonly detail: string | null;
}

export interface JournalQuery {
  readonly limit: number;
  readonly state?: DeliveryState;
  readonly before?: DeliveryId;
  /** Only those received before this time. */
  readonly receivedBefore?: Instant;
}

export interface Rejection {
  readonly at: Instant;
  readonly status: number;
  readonly reason: string;
  /** How many alike this entry stands for: a flood is written down in one, and counted as all of them. */
  readonly times: number;
}

export interface JournalSummary {
  readonly lastDeliveryAt: Instant | null;
  readonly rejected: number;
  readonly setAside: number;
}

// ----------------------------------------------------------------------------------------- chats

export interface MessageStore {
  byIds(ids: readonly MessageId[]): Promise<ReadonlyMap<MessageId, Message>>;
  byWamids(phoneNumberId: string, wamids: readonly string[]): Promise<ReadonlyMap<string, Message>>;
  /** In chat order. Over several conversations the order is the same: (whole second, id). */
  page(query: MessageQuery): Promise<Page<Message>>;
  /** The reactions that stand, the newest of each side, by the message reacted to. Only for messages with a wamid. */
  reactionsTo(messages: readonly Message[]): Promise<ReadonlyMap<MessageId, readonly Reaction[]>>;
  /** Stores an outbound message as QUEUED and puts it into the outbox, or says why not. */
  enqueue(message: NewOutbound): Promise<EnqueueResult>;
  /** The message that this sender sent with this idempotency key. */
  byClientMessageId(sender: string, clientMessageId: string): Promise<Message | null>;
  /** Puts a FAILED or UNKNOWN message into the outbox again; any other one is left alone. */
  requeue(id: MessageId, queue: QueueTerms): Promise<RequeueResult>;
  /** The newest id ever given out, so that later ones are larger. */
  newestId(): Promise<string | null>;
}

export interface MessageQuery {
  readonly page: PageRequest;
  /** Only these conversations; all without it. */
  readonly conversationIds?: readonly ConversationId[];
  readonly search?: SearchTerms;
}

export interface NewOutbound {
  readonly phoneNumberId: string;
  readonly to:
    | { readonly conversationId: ConversationId; readonly phoneNumber?: never }
    | { readonly phoneNumber: string; readonly conversationId?: never };
  readonly content: MessageContent;
  readonly replyToWamid: string | null;
  /** Who sends: the scope of clientMessageId. */
  readonly sender: string;
  readonly clientMessageId: string | null;
  /** Refuse when the conversation has a newer message than this one. */
  readonly expectedLastMessageId: MessageId | null;
  readonly queue: QueueTerms;
}

export interface QueueTerms {
  readonly now: Instant;
  /** After this the message fails instead of being sent. */
  readonly giveUpAt: Instant;
}

export type EnqueueResult =
  | { readonly kind: 'created'; readonly message: Message }
  /** The same key with the same content, before. */
  | { readonly kind: 'existing'; readonly message: Message }
  /** The same key with other content. */
  | { readonly kind: 'conflict'; readonly message: Message }
  | { readonly kind: 'stale'; readonly lastMessage: Message }
  | { readonly kind: 'not-found' };

export type RequeueResult =
  | { readonly kind: 'requeued'; readonly message: Message }
  /** It is neither FAILED nor UNKNOWN. */
  | { readonly kind: 'not-retryable'; readonly message: Message }
  | { readonly kind: 'not-found' };

export interface ConversationStore {
  /** Also finds a conversation by an id that was joined into another. */
  byIds(ids: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, Conversation>>;
  byPhoneNumber(phoneNumberId: string, phoneNumber: string): Promise<Conversation | null>;
  /** Every conversation of the person with this number, one for each business number. */
  allByPhoneNumber(phoneNumber: string): Promise<readonly Conversation[]>;
  contactsByIds(ids: readonly ContactId[]): Promise<ReadonlyMap<ContactId, Contact>>;
  /** Newest activity first: `first` reads from the newest down. */
  page(query: ConversationQuery): Promise<Page<Conversation>>;
  totalUnread(filter: ConversationFilter): Promise<number>;
  /** The first one in chat order of those that `unreadCount` counts; null when nothing is unread. */
  firstUnread(id: ConversationId): Promise<Message | null>;
  /**
   * Marks inbound messages seen, up to and including `upTo` in chat order, or all; notes that
   * WhatsApp is to be told. Null when there is no such conversation.
   */
  markRead(id: ConversationId, upTo: Place | null, now: Instant): Promise<Conversation | null>;
  /** The business number's own phone number, as learned from webhooks. */
  ownPhoneNumber(phoneNumberId: string): Promise<string | null>;
}

export interface ConversationFilter {
  /** Folded words; each has to begin a word of the name, the username or a known number. */
  readonly search?: readonly string[];
  readonly unreadOnly?: boolean;
}

export interface ConversationQuery {
  readonly page: PageRequest;
  readonly filter: ConversationFilter;
}

// ------------------------------------------------------------------------------------------- out

/**
 * WRITTEN: as told. Otherwise nothing was changed. KNOWN: a status from WhatsApp was here first with how this attempt
 * ended, and stands. LOST: there has been another attempt since, or the lease ran out and this does not tell more.
 */
export type SettleResult = 'WRITTEN' | 'KNOWN' | 'LOST';

/** The queue of what is to be sent: one line per recipient, in order, held by leases. */
export interface OutboxStore {
  /**
   * Takes the heads of lines that are due, marks them SENDING under a lease, and counts the
   * attempt. Honours both rate limits: a head that must wait is put off, its line with it.
   */
  claim(request: ClaimRequest): Promise<readonly ClaimedSend[]>;
  /**
   * Writes down how an attempt ended, unless somebody else has: also where it is UNKNOWN only because its lease
   * ran out meanwhile. What is to be tried again then goes back to the head of its line.
   */
  settle(claim: ClaimedAttempt, outcome: Settlement): Promise<SettleResult>;
  /** Turns messages whose lease ran out while SENDING into UNKNOWN; resolves with how many. */
  expireLeases(now: Instant): Promise<number>;
  /** When the next claim, of sends or of receipts, can find something; null when nothing waits. */
  nextDueAt(): Promise<Instant | null>;
  summary(since: Instant): Promise<OutboxSummary>;
  /** Read receipts that WhatsApp has to be told, at most one a conversation: the newest. Leased as sends are. */
  claimReceipts(
    request: Pick<ClaimRequest, 'now' | 'leaseMs' | 'limit'>,
  ): Promise<readonly ClaimedReceipt[]>;
  /** Forgets a receipt that is told (`retryAt` null), or puts it off. A newer one that came meanwhile stays due. */
  settleReceipt(receipt: ClaimedReceipt, retryAt: Instant | null): Promise<void>;
}

export interface ClaimRequest {
  readonly now: Instant;
  readonly leaseMs: number;
  readonly limit: number;
  readonly pacing: Pacing;
}

/** Both limits as `gcra` in outbox/pacing.ts understands them. */
export interface Pacing {
  readonly perNumber: RateLimit;
  readonly perPair: RateLimit;
}

/** One per `intervalMs` in the long run; up to `burst` at once, which borrows from the time after. */
export interface RateLimit {
  readonly intervalMs: number;
  readonly burst: number;
}

export interface ClaimedSend {
  readonly message: Message;
  readonly recipient: Identity;
  readonly window: WindowFacts;
  /** 1 for the first attempt; the fence against a process that lost its lease. */
  readonly attempt: number;
  readonly giveUpAt: Instant;
  /** How many attempts since it was queued ended in a refusal that allows another. */
  readonly refusals: number;
}

export interface ClaimedAttempt {
  readonly messageId: MessageId;
  readonly attempt: number;
  /** As they were claimed: without them nothing goes back into a line that it has left. */
  readonly terms?: Pick<ClaimedSend, 'giveUpAt' | 'refusals'>;
}

export type Settlement =
  | { readonly kind: 'ACCEPTED'; readonly at: Instant; readonly wamid: string }
  | {
      readonly kind: 'RETRY';
      readonly at: Instant;
      readonly dueAt: Instant;
      readonly failure: Failure;
    }
  /** Not sent, and not the message's fault (token rejected): back into its line, the attempt does not count as a refusal. */
  | {
      readonly kind: 'RELEASE';
      readonly at: Instant;
      readonly dueAt: Instant;
      readonly failure: Failure;
    }
  | { readonly kind: 'FAILED'; readonly at: Instant; readonly failure: Failure }
  | { readonly kind: 'UNKNOWN'; readonly at: Instant; readonly failure: Failure };

export interface ClaimedReceipt {
  readonly conversationId: ConversationId;
  readonly phoneNumberId: string;
  readonly wamid: string;
  /** Counted from 1 for each message. */
  readonly attempt: number;
}

export interface OutboxSummary {
  /** QUEUED and SENDING. */
  readonly queued: number;
  readonly oldestQueuedAt: Instant | null;
  readonly failed: number;
  readonly unknown: number;
}

// ---------------------------------------------------------------------------------------- events

/** The durable log behind the event feed: a table of the embedded store, the oplog of MongoDB. */
export interface ChangeLog {
  /** The cursor of the newest change, or of the beginning. */
  head(): Promise<string>;
  /** Changes after the cursor, oldest first; null when the log does not reach back that far or the cursor is not one of its own. */
  read(after: string, limit: number): Promise<readonly LoggedChange[] | null>;
  /** Calls back after every commit that wrote changes. Returns how to stop. */
  onAppended(listener: () => void): () => void;
  /** Removes what is older, except where the database itself decides; resolves with how many. */
  prune(before: Instant): Promise<number>;
}
