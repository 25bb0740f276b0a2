import type { Instant } from '../clock.ts';
import type { Contact } from '../contacts/contact.ts';
import { deliveryErrorOf } from '../messages/delivery-error.ts';
import { statusOf } from '../messages/delivery-status.ts';
import type { MessageStatus } from '../messages/delivery-status.ts';
import { textOf } from '../messages/message-content.ts';
import type { Message } from '../messages/message.ts';
import type { MessageJson } from './answers.ts';

/** Who the two sides of a message are. */
export interface Sides {
  readonly contact: Contact | null;
  readonly ownPhoneNumber: string | null;
}

export function toMessageJson(message: Message, { contact, ownPhoneNumber }: Sides): MessageJson {
  const customer = contact?.phoneNumber ?? contact?.userId ?? null;
  const isIncoming = message.direction === 'INBOUND';
  return {
    id: message.id,
    message_id: message.wamid,
    from: isIncoming ? customer : ownPhoneNumber,
    to: isIncoming ? ownPhoneNumber : customer,
    message: textOf(message.content),
    message_type: message.content.type.toLowerCase(),
    direction: isIncoming ? 'incoming' : 'outgoing',
    status: restStatusOf(message),
    timestamp: isoTime(message.timestamp),
    error: deliveryErrorOf(message.delivery),
  };
}

export function restStatusOf(message: Message): MessageJson['status'] {
  return restStatuses[statusOf(message.delivery)];
}

export function isoTime(at: Instant): string {
  return new Date(at).toISOString();
}

const restStatuses: Readonly<Record<MessageStatus, MessageJson['status']>> = {
  RECEIVED: 'received',
  QUEUED: 'queued',
  SENDING: 'sending',
  SENT: 'sent',
  DELIVERED: 'delivered',
  READ: 'read',
  FAILED: 'failed',
  UNKNOWN: 'unknown',
};
