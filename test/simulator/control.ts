import type { Activity } from './activity.ts';
import type { ChatMessage } from './chat-message.ts';
import type { Customer, Person, PhoneSettings } from './customer.ts';
import type { Draft } from './draft.ts';
import type { Faults } from './faults.ts';
import { writeHistory } from './history.ts';
import type { HistoryEntry } from './history.ts';
import type { Limits } from './limits.ts';
import type { BusinessNumber } from './options.ts';
import type { Phones } from './phones.ts';
import type { Scheduler } from './scheduler.ts';
import type { ReceivedSend, Sends } from './sends.ts';
import type { WebhookFigures, Webhooks } from './webhooks.ts';
import type { Change, World } from './world.ts';

/** Everything that can be done to the simulator; the same by HTTP under `/control`. */
export interface Control {
  readonly faults: Faults;
  readonly limits: Limits;
  /** The number that customers write to. */
  readonly business: BusinessNumber;
  addCustomer(person: Person): Customer;
  customers(): readonly Customer[];
  customer(id: string): Customer | undefined;
  changePhone(customerId: string, settings: PhoneSettings): Customer;
  /** The chat as the customer's phone has it, oldest first. */
  chat(customerId: string): readonly ChatMessage[];
  message(wamid: string): ChatMessage | undefined;
  /** The customer writes; a number is enough for a text. */
  write(customerId: string, draft: Draft | string): ChatMessage;
  /** Null takes the reaction back. */
  react(customerId: string, wamid: string, emoji: string | null): ChatMessage;
  /** The customer looks at the chat: what was delivered is read. */
  open(customerId: string): void;
  writeHistory(customerId: string, entries: readonly HistoryEntry[]): Promise<void>;
  /** No customers, no chats. */
  forgetEverything(): void;
  /** Every call to send, refused ones too, oldest first. */
  sends(): readonly ReceivedSend[];
  webhooks(): WebhookFigures;
  /** More than one: they take turns, attempt by attempt. */
  pointWebhooksAt(url: string, ...more: readonly string[]): void;
  /** The verification that Meta makes when the webhook is set up: whether the server knew the word. */
  handshake(verifyToken: string): Promise<boolean>;
  onChange(listener: (change: Change) => void): () => void;
  /** Resolves as soon as it holds, looked at after everything that happens here. */
  until: Activity['until'];
  /** Resolves when nothing is under way any more: no status, no answer, no webhook. */
  settled(limit?: { readonly ms: number }): Promise<void>;
}

export interface ControlOptions {
  readonly world: World;
  readonly phones: Phones;
  readonly sends: Sends;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly webhooks: Webhooks;
  readonly scheduler: Scheduler;
  readonly activity: Activity;
  readonly business: BusinessNumber;
  readonly webhookUrl: string | null;
}

export function createControl(options: ControlOptions): Control {
  const { world, phones, sends, faults, limits, webhooks, scheduler, activity } = options;
  let webhookUrl = options.webhookUrl;

  function write(customerId: string, draft: Draft | string): ChatMessage {
    return phones.write(customerId, typeof draft === 'string' ? { text: draft } : draft);
  }

  return {
    faults,
    limits,
    business: options.business,
    write,
    addCustomer: (person) => phones.addCustomer(person),
    customers: () => world.customers(),
    customer: (id) => world.find(id),
    changePhone: (customerId, settings) => phones.changePhone(customerId, settings),
    chat: (customerId) => world.chat(customerId),
    message: (wamid) => world.message(wamid)?.message,
    react: (customerId, wamid, emoji) =>
      write(customerId, {
        type: 'reaction',
        content: { message_id: wamid, ...(emoji === null ? {} : { emoji }) },
      }),
    open: (customerId) => {
      phones.readByCustomer(customerId);
    },
    writeHistory: (customerId, entries) => writeHistory(options, customerId, entries),
    forgetEverything: () => {
      world.clear();
    },
    sends: () => sends.received(),
    webhooks: () => webhooks.figures(),
    pointWebhooksAt(url, ...more) {
      webhookUrl = url;
      webhooks.pointAt(url, ...more);
    },
    handshake: (verifyToken) => handshake(webhookUrl, verifyToken),
    onChange: (listener) => world.onChange(listener),
    until: (holds, limit) => activity.until(holds, limit),
    settled: (limit) =>
      activity.until(() => scheduler.pending() === 0 && webhooks.figures().pending === 0, limit),
  };
}

async function handshake(url: string | null, verifyToken: string): Promise<boolean> {
  if (url === null) return false;
  const challenge = Math.floor(Math.random() * 1e9).toString();
  const query = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.challenge': challenge,
    'hub.verify_token': verifyToken,
  });
  try {
    const answer = await fetch(`${url}?${query.toString()}`, {
      signal: AbortSignal.timeout(5_000),
    });
    return answer.status === 200 && (await answer.text()) === challenge;
  } catch {
    // Nobody there yet.
    return false;
  }
}
