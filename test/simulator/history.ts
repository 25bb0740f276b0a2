import type { ChatMessage } from './chat-message.ts';
import { contentOf } from './draft.ts';
import { newWamid } from './identifiers.ts';
import type { BusinessNumber } from './options.ts';
import { echoChange, inboundChange, statusChange } from './webhook-body.ts';
import type { WebhookChange } from './webhook-body.ts';
import type { Webhooks } from './webhooks.ts';
import type { World } from './world.ts';

/** A line of an older chat. What the business wrote comes as an echo of its phone app, which may carry past times. */
export interface HistoryEntry {
  readonly from: 'customer' | 'business';
  /** Epoch milliseconds. */
  readonly at: number;
  readonly type?: string;
  readonly text?: string;
  readonly content?: unknown;
  /** Which entry of the list is quoted, or reacted to. */
  readonly about?: number;
  readonly emoji?: string;
  /** How far a line of the business got; `read` unless told. */
  readonly status?: 'sent' | 'delivered' | 'read';
}

export interface HistoryOptions {
  readonly world: World;
  readonly webhooks: Webhooks;
  readonly business: BusinessNumber;
}

// Bodies of a size that Meta sends as well.
const changesPerBody = 40;

/** Writes a chat of the past, in order; everything is delivered when it resolves. */
export async function writeHistory(
  { world, webhooks, business }: HistoryOptions,
  customerId: string,
  entries: readonly HistoryEntry[],
): Promise<void> {
  const customer = world.customer(customerId);
  if (!customer) throw new Error(`there is no customer ${customerId}`);
  const wamids: string[] = [];
  const changes: WebhookChange[] = [];
  for (const entry of entries) {
    const direction = entry.from === 'customer' ? 'fromCustomer' : 'fromBusiness';
    const wamid = newWamid(customer.phoneNumber ?? customer.userId, direction);
    const about = entry.about === undefined ? null : (wamids[entry.about] ?? null);
    wamids.push(wamid);
    const message = messageOf(entry, { wamid, about, business });
    world.putMessage(customer.id, message);
    if (message.type === 'reaction' && about !== null)
      world.change(about, { reactions: reactionsOf(message, entry.emoji ?? null) });
    const subject = { business, customer, message };
    if (direction === 'fromCustomer') changes.push(inboundChange(subject));
    else changes.push(echoChange(subject), ...statusesOf(subject, entry));
  }
  for (let from = 0; from < changes.length; from += changesPerBody)
    await webhooks.sendTogether(changes.slice(from, from + changesPerBody));
}

interface Place {
  readonly wamid: string;
  readonly about: string | null;
  readonly business: BusinessNumber;
}

function messageOf(entry: HistoryEntry, { wamid, about, business }: Place): ChatMessage {
  const isReaction = entry.type === 'reaction';
  const { type, content } = isReaction
    ? { type: 'reaction', content: { message_id: about, emoji: entry.emoji } }
    : contentOf(entry);
  return {
    wamid,
    phoneNumberId: business.id,
    direction: entry.from === 'customer' ? 'fromCustomer' : 'fromBusiness',
    at: entry.at,
    type,
    content,
    quotedWamid: isReaction ? null : about,
    status: entry.from === 'customer' ? 'sent' : (entry.status ?? 'read'),
    failureCode: null,
    callbackData: null,
    reactions: { byCustomer: null, byBusiness: null },
  };
}

function reactionsOf(message: ChatMessage, emoji: string | null): ChatMessage['reactions'] {
  return message.direction === 'fromCustomer'
    ? { byCustomer: emoji, byBusiness: null }
    : { byCustomer: null, byBusiness: emoji };
}

/** Seconds after the message at which each status came. */
const statusDelaysMs = { delivered: 2_000, read: 40_000 };

function statusesOf(subject: Parameters<typeof statusChange>[0], entry: HistoryEntry) {
  const reached = entry.status ?? 'read';
  if (reached === 'sent') return [];
  const statuses = reached === 'read' ? (['delivered', 'read'] as const) : (['delivered'] as const);
  return statuses.map((status) =>
    statusChange(subject, { status, at: entry.at + statusDelaysMs[status] }),
  );
}
