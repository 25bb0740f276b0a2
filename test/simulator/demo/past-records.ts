import { wholeSecond } from '../../../api/clock.ts';
import { createIds } from '../../../api/ids.ts';
import type { ContactId, ConversationId, Ids } from '../../../api/ids.ts';
import { opensServiceWindow } from '../../../api/messages/message-content.ts';
import type { MessageContent } from '../../../api/messages/message-content.ts';
import type {
  AttemptRecord,
  ContactRecord,
  ConversationRecord,
  IdentifierRecord,
  MessageRecord,
  NewestIdRecord,
  NumberRecord,
} from '../../../api/storage/transfer/records.ts';
import { createCustomer } from '../customer.ts';
import type { Customer } from '../customer.ts';
import { newWamid } from '../identifiers.ts';
import type { BusinessNumber } from '../options.ts';
import { deliveryOf, isWithWhatsApp } from './past.ts';
import type { PastChat, PastLine } from './past.ts';

/** A line with what ties it to the others. */
export interface PlacedLine {
  readonly line: PastLine;
  readonly chat: PlacedChat;
  readonly index: number;
  /** As WhatsApp calls it, if it has it. */
  readonly wamid: string | null;
  readonly id: MessageRecord['id'];
}

export interface PlacedChat {
  readonly past: PastChat;
  readonly customer: Customer;
  readonly contactId: ContactId;
  readonly conversationId: ConversationId;
  readonly lines: PlacedLine[];
  /** Index of the first line that is unread. */
  readonly firstUnread: number;
}

export interface PlacedPast {
  readonly chats: readonly PlacedChat[];
  /** In the order of all chats. */
  readonly lines: readonly PlacedLine[];
  readonly newestId: NewestIdRecord;
}

/** Gives everything its id, growing with time as those of a server that was there. */
export function placePast(chats: readonly PastChat[], now: number): PlacedPast {
  let time = 0;
  const ids = createIds({ now: () => time });
  const placed = chats
    .filter(({ lines }) => lines.length > 0)
    .sort((one, other) => beginOf(one) - beginOf(other))
    .map((past) => {
      time = beginOf(past);
      return placeChat(past, ids);
    });
  const messageIds = createIds({ now: () => time });
  const all = placed
    .flatMap((chat) => chat.past.lines.map((line, index) => ({ chat, line, index })))
    .sort((one, other) => wholeSecond(one.line.at) - wholeSecond(other.line.at));
  const lines = all.map(({ chat, index, line }) => {
    time = line.at;
    const direction = line.from === 'customer' ? 'fromCustomer' : 'fromBusiness';
    const wamid = isWithWhatsApp(line) ? newWamid(addressOf(chat.customer), direction) : null;
    const placedLine = { chat, line, index, wamid, id: messageIds.next('msg') };
    chat.lines[index] = placedLine;
    return placedLine;
  });
  time = now;
  const newest = messageIds.next('msg');
  return { chats: placed, lines, newestId: { part: newest.slice(newest.indexOf('_') + 1) } };
}

function beginOf({ lines }: PastChat): number {
  return lines[0]?.at ?? 0;
}

function addressOf({ phoneNumber, userId }: Customer): string {
  return phoneNumber ?? userId;
}

function placeChat(past: PastChat, ids: Ids): PlacedChat {
  return {
    past,
    customer: createCustomer(past.person),
    contactId: ids.next('cnt'),
    conversationId: ids.next('cnv'),
    lines: [],
    firstUnread: firstUnreadOf(past),
  };
}

function firstUnreadOf({ lines, unread }: PastChat): number {
  const inbound = lines.flatMap(({ content, from }, index) =>
    from === 'customer' && content.type !== 'REACTION' ? [index] : [],
  );
  return unread === 0 ? lines.length : (inbound.at(-unread) ?? 0);
}

export function contactRecord({ contactId, customer, past }: PlacedChat): ContactRecord {
  const { name, phoneNumber, userId, username } = customer;
  return {
    id: contactId,
    phoneNumber,
    userId,
    username,
    profileName: name === '' ? null : name,
    phoneNumberSince: phoneNumber === null ? null : beginOf(past),
    profileSince: beginOf(past),
    formerIds: [],
  };
}

export function identifierRecords({
  contactId,
  customer,
}: PlacedChat): readonly IdentifierRecord[] {
  const { phoneNumber, userId } = customer;
  const user = { kind: 'user', value: userId, contactId } as const;
  return phoneNumber === null ? [user] : [{ kind: 'phone', value: phoneNumber, contactId }, user];
}

export function conversationRecord(chat: PlacedChat, business: BusinessNumber): ConversationRecord {
  const { contactId, conversationId, firstUnread, lines, past } = chat;
  const last = lines.reduce((newest, each) => (each.id > newest.id ? each : newest));
  const opening = past.lines.filter(({ content, from }) => from === 'customer' && opens(content));
  return {
    id: conversationId,
    phoneNumberId: business.id,
    contactId,
    unread: lines.slice(firstUnread).filter(isCounted).length,
    lastMessage: { second: wholeSecond(last.line.at), id: last.id },
    lastActivityAt: last.line.at,
    lastInboundAt: opening.at(-1)?.at ?? null,
    refusedAt: past.refusedAt ?? null,
    formerIds: [],
  };
}

function opens(content: PastLine['content']): boolean {
  return content.type !== 'REACTION' && opensServiceWindow(content);
}

function isCounted({ line }: PlacedLine): boolean {
  return line.from === 'customer' && line.content.type !== 'REACTION';
}

export function messageRecord(placed: PlacedLine, business: BusinessNumber): MessageRecord {
  const { chat, id, index, line, wamid } = placed;
  const isInbound = line.from === 'customer';
  return {
    id,
    conversationId: chat.conversationId,
    phoneNumberId: business.id,
    wamid,
    direction: isInbound ? 'INBOUND' : 'OUTBOUND',
    content: JSON.stringify(contentOf(placed)),
    timestamp: isInbound ? wholeSecond(line.at) * 1_000 : line.at,
    receivedAt: line.at,
    delivery: deliveryOf(line),
    sender: null,
    clientMessageId: null,
    replyToWamid: line.quotes === undefined ? null : wamidOf(chat, line.quotes),
    unseen: isInbound && index >= chat.firstUnread ? { counted: isCounted(placed) } : null,
    attempts: isInbound ? [] : [attemptOf(placed)],
  };
}

function wamidOf({ lines }: PlacedChat, index: number): string | null {
  return lines[index]?.wamid ?? null;
}

function contentOf({ chat, line }: PlacedLine): MessageContent {
  const { content } = line;
  if (content.type !== 'REACTION') return content;
  return { ...content, targetWamid: wamidOf(chat, content.to) ?? '' };
}

function attemptOf({ line, wamid }: PlacedLine): AttemptRecord {
  const { fared } = line;
  const failure = fared?.as === 'failed' || fared?.as === 'unknown' ? fared.failure : null;
  const refused = fared?.as === 'unknown' ? 'UNKNOWN' : 'FAILED';
  return {
    attempt: 1,
    startedAt: line.at,
    endedAt: line.at + 400,
    outcome: wamid === null ? refused : 'ACCEPTED',
    code: wamid === null ? (failure?.code ?? null) : null,
    wamid,
  };
}

export function numberRecord(business: BusinessNumber): NumberRecord {
  return {
    phoneNumberId: business.id,
    displayPhoneNumber: business.display,
    paceUntil: null,
    nextSendAt: 0,
  };
}
