import { createHmac } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ChatMessage } from './chat-message.ts';
import type { Customer } from './customer.ts';
import { statusError } from './graph-error.ts';
import type { GraphError } from './graph-error.ts';
import type { BusinessNumber } from './options.ts';

/** What a webhook tells: one message or status, as an element of `changes[]`. */
export interface WebhookChange {
  readonly field: string;
  readonly value: WebhookValue;
  /** For faults that strike one customer only. */
  readonly customerId: string | null;
  /** What the customer wrote; has arrived when the webhook has. */
  readonly inbound: string | null;
}

export interface WebhookValue {
  readonly messaging_product?: 'whatsapp';
  readonly metadata?: { readonly display_phone_number: string; readonly phone_number_id: string };
  readonly contacts?: readonly object[];
  readonly messages?: readonly object[];
  readonly statuses?: readonly object[];
  readonly message_echoes?: readonly object[];
}

/** Unix seconds as a string. */
export function seconds(at: number): string {
  return Math.floor(at / 1_000).toString();
}

/** `contacts[]` of a customer; what is not known is absent, never empty. */
export function contactCard(customer: Customer, withUsername = true) {
  return {
    profile: {
      name: customer.name,
      ...(customer.username !== null && withUsername ? { username: customer.username } : {}),
    },
    ...(customer.phoneNumber === null ? {} : { wa_id: customer.phoneNumber }),
    user_id: customer.userId,
  };
}

function envelope(business: BusinessNumber) {
  return {
    messaging_product: 'whatsapp' as const,
    metadata: { display_phone_number: business.display, phone_number_id: business.id },
  };
}

interface Subject {
  readonly business: BusinessNumber;
  readonly customer: Customer;
  readonly message: ChatMessage;
}

/** Something that the customer wrote. `extras` are further keys of the message, such as `referral`. */
export function inboundChange(
  { business, customer, message }: Subject,
  extras: Readonly<Record<string, unknown>> = {},
): WebhookChange {
  const quoted = { from: business.display, id: message.quotedWamid };
  const element = {
    ...(message.quotedWamid === null ? {} : { context: quoted }),
    ...(customer.phoneNumber === null ? {} : { from: customer.phoneNumber }),
    from_user_id: customer.userId,
    id: message.wamid,
    timestamp: seconds(message.at),
    type: message.type,
    ...(message.content === null ? {} : { [message.type]: message.content }),
    ...extras,
  };
  const contacts = message.type === 'system' ? {} : { contacts: [contactCard(customer)] };
  return {
    field: 'messages',
    value: { ...envelope(business), ...contacts, messages: [element] },
    customerId: customer.id,
    inbound: message.wamid,
  };
}

/** Something that the business wrote on its own phone rather than through the API. */
export function echoChange({ business, customer, message }: Subject): WebhookChange {
  const element = {
    from: business.display,
    ...(customer.phoneNumber === null ? {} : { to: customer.phoneNumber }),
    to_user_id: customer.userId,
    id: message.wamid,
    timestamp: seconds(message.at),
    type: message.type,
    [message.type]: message.content,
  };
  return {
    field: 'smb_message_echoes',
    value: { ...envelope(business), message_echoes: [element] },
    customerId: customer.id,
    inbound: null,
  };
}

export interface StatusReport {
  readonly status: 'sent' | 'delivered' | 'read' | 'failed';
  readonly at: number;
  readonly error?: GraphError | undefined;
}

/** How a message of the business fares. */
export function statusChange(
  { business, customer, message }: Subject,
  { status, at, error }: StatusReport,
): WebhookChange {
  // A failure to reach a phone number tells neither the person nor the user id.
  const isAnonymous = status === 'failed' && customer.phoneNumber !== null;
  const element = {
    id: message.wamid,
    status,
    timestamp: seconds(at),
    ...(customer.phoneNumber === null ? {} : { recipient_id: customer.phoneNumber }),
    ...(isAnonymous ? {} : { recipient_user_id: customer.userId }),
    ...(error === undefined ? {} : { errors: [statusError(error)] }),
    ...(status === 'sent' || status === 'delivered' ? { pricing } : {}),
    ...(message.callbackData === null ? {} : { biz_opaque_callback_data: message.callbackData }),
  };
  const contacts = isAnonymous ? {} : { contacts: [contactCard(customer, status !== 'sent')] };
  return {
    field: 'messages',
    value: { ...envelope(business), ...contacts, statuses: [element] },
    customerId: customer.id,
    inbound: null,
  };
}

const pricing = {
  billable: false,
  pricing_model: 'PMP',
  type: 'free_customer_service',
  category: 'service',
};

/** How several changes share one body; Meta promises none of these forms, so all have to be understood. */
export type Grouping = 'entries' | 'changes' | 'values';

export function webhookBody(
  businessAccountId: string,
  changes: readonly WebhookChange[],
  grouping: Grouping,
): string {
  const plain = (grouping === 'values' ? merged(changes) : changes).map(({ field, value }) => ({
    value,
    field,
  }));
  const entry =
    grouping === 'entries'
      ? plain.map((change) => ({ id: businessAccountId, changes: [change] }))
      : [{ id: businessAccountId, changes: plain }];
  return asciiJson({ object: 'whatsapp_business_account', entry });
}

/** Values of the same number and field become one, its lists concatenated and each contact named once. */
function merged(changes: readonly WebhookChange[]): WebhookChange[] {
  const groups = new Map<string, WebhookChange>();
  for (const change of changes) {
    const key = `${change.field} ${change.value.metadata?.phone_number_id ?? ''}`;
    const group = groups.get(key);
    groups.set(key, group ? { ...group, value: mergedValue(group.value, change.value) } : change);
  }
  return [...groups.values()];
}

function mergedValue(one: WebhookValue, other: WebhookValue): WebhookValue {
  const known = one.contacts ?? [];
  const added = (other.contacts ?? []).filter(
    (contact) => !known.some((each) => isDeepStrictEqual(each, contact)),
  );
  return {
    ...one,
    ...(known.length + added.length === 0 ? {} : { contacts: [...known, ...added] }),
    ...listOf('messages', one, other),
    ...listOf('statuses', one, other),
    ...listOf('message_echoes', one, other),
  };
}

function listOf(
  key: 'messages' | 'statuses' | 'message_echoes',
  one: WebhookValue,
  other: WebhookValue,
) {
  const all = [...(one[key] ?? []), ...(other[key] ?? [])];
  return all.length === 0 ? {} : { [key]: all };
}

/** Meta escapes everything beyond ASCII, and signs the escaped bytes. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function signature(appSecret: string, body: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}
