import type { Instant } from '../clock.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { InputIssue } from '../errors.ts';
import type { ConversationStore, MessageStore } from '../storage/store.ts';
import type { Message } from '../messages/message.ts';
import type { Page, PageRequest } from '../paging.ts';

/** The use cases as resolvers need them. Arguments come as they were given: use cases judge them. */
export interface MessagesApi extends Pick<MessageStore, 'byIds' | 'byWamids' | 'reactionsTo'> {
  /** Throws InvalidInputError with a path that begins with the name of the argument. */
  page(query: MessagesQuery): Promise<Page<Message>>;
  send(input: SendInput, sender: string): Promise<SendResult>;
  retry(id: string): Promise<SendResult>;
}

export interface MessagesQuery {
  readonly page: PageRequest;
  readonly conversationId?: string | undefined;
  readonly phoneNumber?: string | undefined;
  readonly search?: string | undefined;
}

export interface SendInput {
  readonly to?: string | null | undefined;
  readonly conversationId?: string | null | undefined;
  readonly text?: string | null | undefined;
  readonly replyToId?: string | null | undefined;
  readonly clientMessageId?: string | null | undefined;
  readonly expectedLastMessageId?: string | null | undefined;
}

/** Each refusal says in one sentence what to do. */
export type SendResult =
  | { readonly kind: 'message'; readonly message: Message }
  | Refusal<'invalid', { readonly issues: readonly InputIssue[] }>
  | Refusal<'not-configured', { readonly missingSettings: readonly string[] }>
  | Refusal<'window-closed', { readonly closedAt: Instant | null }>
  | Refusal<'stale', { readonly lastMessage: Message }>
  | Refusal<'not-found'>
  | Refusal<'conflict'>;

type Refusal<Kind extends string, Details = unknown> = Details & {
  readonly kind: Kind;
  readonly message: string;
};

export interface ConversationsApi extends Pick<
  ConversationStore,
  'byIds' | 'contactsByIds' | 'allByPhoneNumber'
> {
  /** On the default business number. Throws InvalidInputError for what is no phone number. */
  byPhoneNumber(phoneNumber: string): Promise<Conversation | null>;
  page(query: ConversationsQuery): Promise<Page<Conversation>>;
  totalUnread(filter: ConversationsFilter): Promise<number>;
  /** Null when there is no such conversation, or no such message in it. */
  markRead(conversationId: string, upToMessageId: string | null): Promise<Conversation | null>;
}

export interface ConversationsFilter {
  readonly search?: string | undefined;
  readonly unreadOnly?: boolean | undefined;
}

export interface ConversationsQuery {
  readonly page: PageRequest;
  readonly filter: ConversationsFilter;
}

export interface HealthApi {
  /** Never rejects: a store that is down is what it reports. */
  report(): Promise<HealthReport>;
}

export interface HealthReport {
  readonly status: 'OK' | 'DEGRADED' | 'DOWN';
  readonly configured: boolean;
  readonly missingSettings: readonly string[];
  readonly warnings: readonly string[];
  readonly version: string;
  readonly apiVersion: string;
  readonly phoneNumberId: string | null;
  readonly store: {
    readonly kind: 'EMBEDDED' | 'MONGODB';
    readonly ok: boolean;
    readonly latencyMs: number | null;
    readonly detail: string | null;
  };
  readonly outbox: {
    readonly queued: number;
    readonly oldestQueuedAt: Instant | null;
    readonly failedLastDay: number;
    readonly unknown: number;
    readonly pausedReason: string | null;
  };
  readonly webhook: {
    readonly signatureChecked: boolean;
    readonly lastDeliveryAt: Instant | null;
    readonly rejectedLastDay: number;
    readonly setAsideLastDay: number;
  };
  readonly subscribers: number;
  readonly uptimeSeconds: number;
}
