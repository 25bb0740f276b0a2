import { queued, received } from '../../../api/messages/delivery-status.ts';
import type { DeliveryState, Failure } from '../../../api/messages/delivery-status.ts';
import type { MessageContent } from '../../../api/messages/message-content.ts';
import type { Person } from '../customer.ts';

/** A chat as it is laid into the store before the server starts. */
export interface PastChat {
  readonly person: Person;
  /** How many of the customer's last messages nobody has seen. */
  readonly unread: number;
  /** Oldest first. */
  readonly lines: readonly PastLine[];
  /** When WhatsApp last said that the window is closed; epoch milliseconds. */
  readonly refusedAt?: number;
}

export interface PastLine {
  readonly from: 'customer' | 'business';
  /** Epoch milliseconds. */
  readonly at: number;
  readonly content: PastContent;
  /** Which line is quoted. */
  readonly quotes?: number;
  /** How a line of the business fared; read unless told. */
  readonly fared?: Fared;
}

export type PastContent =
  | Exclude<MessageContent, { readonly type: 'REACTION' }>
  /** To the line of this index. */
  | { readonly type: 'REACTION'; readonly emoji: string; readonly to: number };

export type Fared =
  | { readonly as: 'sent' | 'delivered' | 'read' }
  /** `accepted`: WhatsApp took it and told of the failure later. */
  | { readonly as: 'failed'; readonly failure: Failure; readonly accepted?: boolean }
  | { readonly as: 'unknown'; readonly failure: Failure };

export function text(body: string): PastContent {
  return { type: 'TEXT', body };
}

export function photo(caption: string | null): PastContent {
  return { ...media, type: 'IMAGE', mimeType: 'image/jpeg', caption };
}

export function voice(): PastContent {
  return { ...media, type: 'AUDIO', mimeType: 'audio/ogg; codecs=opus', isVoice: true };
}

export function pdf(fileName: string): PastContent {
  return { ...media, type: 'DOCUMENT', mimeType: 'application/pdf', fileName };
}

export function place(name: string, address: string): PastContent {
  return { type: 'LOCATION', latitude: 51.5362, longitude: -0.1033, name, address };
}

const media = {
  mediaId: '10905927382941',
  sha256: null,
  sizeBytes: null,
  fileName: null,
  caption: null,
  isVoice: false,
  isAnimated: false,
  state: 'PENDING',
} as const;

// From the sending to each tick, in milliseconds.
const tick = { sent: 800, delivered: 2_000, read: 40_000 };

export function deliveryOf({ at, fared = { as: 'read' }, from }: PastLine): DeliveryState {
  if (from === 'customer') return received;
  const accepted = { ...queued, stage: 'ACCEPTED', attempt: 1, sentAt: at + tick.sent } as const;
  const deliveredAt = at + tick.delivered;
  switch (fared.as) {
    case 'sent':
      return accepted;
    case 'delivered':
      return { ...accepted, deliveredAt };
    case 'read':
      return { ...accepted, deliveredAt, readAt: at + tick.read };
    case 'failed': {
      const before = fared.accepted === true ? accepted : { ...queued, attempt: 1 };
      return { ...before, stage: 'FAILED', failedAt: at + tick.delivered, failure: fared.failure };
    }
    case 'unknown':
      return { ...queued, stage: 'UNKNOWN', attempt: 1, failedAt: at, failure: fared.failure };
  }
}

/** Whether WhatsApp has taken it: it has an id there, and the phone may have it. */
export function isWithWhatsApp({ fared, from }: PastLine): boolean {
  if (from === 'customer' || fared === undefined) return true;
  if (fared.as === 'failed') return fared.accepted === true;
  return fared.as !== 'unknown';
}
