import type { Failure } from '../messages/delivery-status.ts';

/** The WhatsApp Business Cloud API as the outbox needs it. */
export interface WhatsApp {
  /** Never throws: whatever happens is one of the outcomes. An aborted call is UNKNOWN. */
  send(message: OutgoingMessage, signal?: AbortSignal): Promise<SendOutcome>;
  /** Marks an inbound message, and all before it, as read: blue ticks at the customer's. */
  markRead(phoneNumberId: string, wamid: string, signal?: AbortSignal): Promise<SendOutcome>;
}

export interface OutgoingMessage {
  readonly phoneNumberId: string;
  readonly recipient: Recipient;
  readonly content: { readonly type: 'TEXT'; readonly body: string };
  readonly replyToWamid: string | null;
  /** Comes back with every status of this message (`biz_opaque_callback_data`, at most 512 characters). */
  readonly callbackData: string;
}

export type Recipient =
  | { readonly phoneNumber: string; readonly userId?: never }
  | { readonly userId: string; readonly phoneNumber?: never };

export type SendOutcome =
  /** Accepted, not yet delivered. `wamid` is null for a read receipt. */
  | { readonly kind: 'ACCEPTED'; readonly wamid: string | null }
  /** Certainly not sent. */
  | { readonly kind: 'REFUSED'; readonly failure: Failure; readonly retryAfterMs: number | null }
  /** Time-out, reset, an answer that says neither: it may have been sent. */
  | { readonly kind: 'UNKNOWN'; readonly failure: Failure };
