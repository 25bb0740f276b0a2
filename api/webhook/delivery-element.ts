import type { Instant } from '../clock.ts';
import type { Identity } from '../contacts/contact.ts';
import type { MessageId } from '../ids.ts';
import type { StatusReport } from '../messages/delivery-status.ts';
import type { MessageContent } from '../messages/message-content.ts';

/** One thing that a webhook delivery says, understood and cleaned; `path` tells where it stands in the body. */
export type DeliveryElement =
  | InboundElement
  | EchoElement
  | StatusElement
  /** Nothing for the inbox: another field, an account error. */
  | { readonly kind: 'keep'; readonly path: string; readonly detail: string }
  /** For us, but not to be filed now: unknown number, a group, not understood. */
  | { readonly kind: 'aside'; readonly path: string; readonly detail: string };

/** The number at which something arrived, or from which it was sent. */
export interface BusinessNumber {
  readonly phoneNumberId: string;
  /** Digits only; null when the payload does not say. */
  readonly displayPhoneNumber: string | null;
}

export interface InboundElement {
  readonly kind: 'inbound';
  readonly path: string;
  readonly business: BusinessNumber;
  readonly from: Identity;
  readonly wamid: string;
  readonly timestamp: Instant;
  readonly content: MessageContent;
  readonly replyToWamid: string | null;
  /** The customer's new number and user id, when this is the notice of a change. */
  readonly changedTo: Identity | null;
}

/** A message that our side sent from the phone app. */
export interface EchoElement {
  readonly kind: 'echo';
  readonly path: string;
  readonly business: BusinessNumber;
  readonly to: Identity;
  readonly wamid: string;
  readonly timestamp: Instant;
  readonly content: MessageContent;
  readonly replyToWamid: string | null;
}

export interface StatusElement {
  readonly kind: 'status';
  readonly path: string;
  readonly business: BusinessNumber;
  readonly wamid: string;
  readonly report: StatusReport;
  /** Names the person by number and user id, where both are there. */
  readonly recipient: Identity | null;
  /** Which attempt of which message of ours it is about, from the echoed callback data. */
  readonly attemptOf: { readonly messageId: MessageId; readonly attempt: number } | null;
}
