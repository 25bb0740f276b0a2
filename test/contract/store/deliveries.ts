import type { Instant } from '../../../api/clock.ts';
import type { Identity } from '../../../api/contacts/contact.ts';
import type { MessageId } from '../../../api/ids.ts';
import type { Failure, StatusReport } from '../../../api/messages/delivery-status.ts';
import type { MessageContent } from '../../../api/messages/message-content.ts';
import type { JournalEntry, NewOutbound, Pacing, Store } from '../../../api/storage/store.ts';
import type {
  BusinessNumber,
  DeliveryElement,
  EchoElement,
  InboundElement,
  StatusElement,
} from '../../../api/webhook/delivery-element.ts';

/** A morning in November; every test starts here. */
export const nine: Instant = Date.UTC(2026, 10, 23, 9);

/** Limits that hold nothing back. */
export const unpaced: Pacing = {
  perNumber: { intervalMs: 0.001, burst: 100_000 },
  perPair: { intervalMs: 0.001, burst: 100_000 },
};

export const business: BusinessNumber = {
  phoneNumberId: '106540352242922',
  displayPhoneNumber: '15555550100',
};
export const secondBusiness: BusinessNumber = {
  phoneNumberId: '106540352242923',
  displayPhoneNumber: '15555550101',
};

export function person(known: Partial<Identity>): Identity {
  return { phoneNumber: null, userId: null, username: null, profileName: null, ...known };
}

export const amara = person({ phoneNumber: '15555550142', profileName: 'Amara Okafor' });
export const tom = person({ phoneNumber: '447700900123', profileName: 'Tom Aldridge' });
export const lea = person({ phoneNumber: '33639981234', profileName: 'Léa Fontaine' });
export const kiri = person({ phoneNumber: '61491570156', profileName: 'Kiri Walker' });

export function text(body: string): MessageContent {
  return { type: 'TEXT', body };
}

export function reaction(targetWamid: string, emoji: string | null): MessageContent {
  return { type: 'REACTION', targetWamid, emoji };
}

export function notice(kind: string): MessageContent {
  return { type: 'SYSTEM', kind, body: `Notice of ${kind}` };
}

export function inbound(
  wamid: string,
  told: Partial<Omit<InboundElement, 'kind' | 'wamid'>> = {},
): InboundElement {
  return {
    kind: 'inbound',
    path: `messages[${wamid}]`,
    business,
    from: amara,
    wamid,
    timestamp: nine,
    content: text(`Text of ${wamid}`),
    replyToWamid: null,
    changedTo: null,
    ...told,
  };
}

export function echo(
  wamid: string,
  told: Partial<Omit<EchoElement, 'kind' | 'wamid'>> = {},
): EchoElement {
  return {
    kind: 'echo',
    path: `message_echoes[${wamid}]`,
    business,
    to: amara,
    wamid,
    timestamp: nine,
    content: text(`Echo of ${wamid}`),
    replyToWamid: null,
    ...told,
  };
}

export function status(
  wamid: string,
  report: StatusReport['status'],
  told: Partial<Omit<StatusElement, 'kind' | 'wamid' | 'report'>> & {
    readonly at?: Instant;
    readonly code?: number;
  } = {},
): StatusElement {
  const { at = nine, code = 131_026, ...others } = told;
  const failure = report === 'FAILED' ? failureOf(code) : null;
  return {
    kind: 'status',
    path: `statuses[${wamid}]`,
    business,
    wamid,
    report: { status: report, at, failure },
    recipient: null,
    attemptOf: null,
    ...others,
  };
}

export function failureOf(code: number | null): Failure {
  return { code, title: `Failure ${String(code)}`, details: null };
}

/** On a busy machine a store may not get any further in the time that it has. */
const mostVainTries = 20;

/**
 * One delivery with these elements, as the webhook hands it over; what takes the store longer than it
 * may is taken up again, as the sweep does.
 */
export async function deliver(
  store: Store,
  ...elements: readonly DeliveryElement[]
): Promise<JournalEntry> {
  const { journal } = store;
  let entry = await journal.accept({
    receivedAt: nine,
    body: Buffer.from('{"entry":[]}'),
    elements,
  });
  for (let inVain = 0; entry.state === 'PENDING' && inVain < mostVainTries;) {
    const done = entry.verdicts.length;
    entry = (await journal.reapply(entry.id, elements)) ?? entry;
    inVain = entry.verdicts.length > done ? 0 : inVain + 1;
  }
  return entry;
}

/** What became of each element of a delivery. */
export async function verdictsOf(delivered: Promise<JournalEntry>): Promise<string[]> {
  return (await delivered).verdicts.map((verdict) => verdict.result);
}

export function outbound(told: Partial<NewOutbound> = {}): NewOutbound {
  return {
    phoneNumberId: business.phoneNumberId,
    to: { phoneNumber: '15555550142' },
    content: text('Hello from us'),
    replyToWamid: null,
    sender: 'owner',
    clientMessageId: null,
    expectedLastMessageId: null,
    queue: { now: nine, giveUpAt: nine + 86_400_000 },
    ...told,
  };
}

/** Puts a message into the outbox and says its id. */
export async function send(store: Store, told: Partial<NewOutbound> = {}): Promise<MessageId> {
  const result = await store.messages.enqueue(outbound(told));
  if (result.kind !== 'created') throw new Error(`Not created: ${result.kind}`);
  return result.message.id;
}

/** Takes everything that is due. */
export function claimAll(store: Store, now: Instant = nine) {
  return store.outbox.claim({ now, leaseMs: 30_000, limit: 10_000, pacing: unpaced });
}
