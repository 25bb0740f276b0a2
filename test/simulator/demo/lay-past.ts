import { join } from 'node:path';
import { openSqliteTransfer } from '../../../api/storage/sqlite/transfer/transfer.ts';
import { transferVersion } from '../../../api/storage/transfer/records.ts';
import type { TransferKind, TransferRecords } from '../../../api/storage/transfer/records.ts';
import type { TransferStore } from '../../../api/storage/transfer/transfer.ts';
import type { ChatMessage } from '../chat-message.ts';
import type { BusinessNumber } from '../options.ts';
import { saveState } from '../state-file.ts';
import type { PastChat } from './past.ts';
import {
  contactRecord,
  conversationRecord,
  identifierRecords,
  messageRecord,
  numberRecord,
  placePast,
} from './past-records.ts';
import type { PlacedChat, PlacedLine, PlacedPast } from './past-records.ts';

export interface Site {
  /** Where the server keeps its store, and the phones their state. */
  readonly directory: string;
  readonly business: BusinessNumber;
  readonly now: number;
}

/** What the phones have is in another file of the same directory. */
export function stateFileIn(directory: string): string {
  return join(directory, 'simulator.json');
}

/** Lays chats into an empty store, as a migration does, and into the memory of the phones. */
export async function layPast(chats: readonly PastChat[], site: Site): Promise<void> {
  const past = placePast(chats, site.now);
  const store = await openSqliteTransfer(site.directory, { isSource: false });
  try {
    await fill(store, past, site.business);
  } finally {
    await store.stop();
  }
  saveState(stateFileIn(site.directory), {
    customers: past.chats.map(({ customer }) => customer),
    chats: phonesOf(past.chats).map((chat) => [chat.customer.id, onPhone(chat, site.business)]),
    undelivered: [],
  });
}

async function fill(store: TransferStore, past: PlacedPast, business: BusinessNumber) {
  const { chats, lines } = past;
  await store.begin(progressAt('contacts'));
  const take = takerOf(store);
  await take('contacts', chats, contactRecord);
  await take('identifiers', chats.flatMap(identifierRecords), (record) => record);
  await take('conversations', chats, (chat) => conversationRecord(chat, business));
  await take('messages', lines, (line) => messageRecord(line, business));
  await take('numbers', [business], numberRecord);
  await take('newestId', [past.newestId], (record) => record);
  await store.finish();
}

// Few commits, each with its own sync of the disk.
const portionSize = 2_000;

function takerOf(store: TransferStore) {
  return async <Item, Kind extends TransferKind>(
    kind: Kind,
    items: readonly Item[],
    toRecord: (item: Item) => TransferRecords[Kind],
  ): Promise<void> => {
    for (let from = 0; from < items.length; from += portionSize) {
      const records = items.slice(from, from + portionSize).map((item) => toRecord(item));
      await store.take({ kind, records, progress: progressAt(kind) });
    }
  };
}

/** Of interest to nobody but a server that is started on a half-laid store. */
function progressAt(kind: TransferKind) {
  const source = { name: 'scene', newestId: null };
  return { version: transferVersion, source, kind, after: null, count: 0 };
}

// More would only make the file of the phones large.
const phonesWithChats = 300;
const linesPerPhone = 30;

function phonesOf(chats: readonly PlacedChat[]): readonly PlacedChat[] {
  return [...chats].sort((one, other) => endOf(other) - endOf(one)).slice(0, phonesWithChats);
}

function endOf({ past }: PlacedChat): number {
  return past.lines.at(-1)?.at ?? 0;
}

function onPhone({ lines }: PlacedChat, business: BusinessNumber): readonly ChatMessage[] {
  return lines.slice(-linesPerPhone).flatMap((placed) => messageOn(placed, business) ?? []);
}

/** Null for what no phone has. */
function messageOn(
  { chat, line, wamid }: PlacedLine,
  business: BusinessNumber,
): ChatMessage | null {
  const { content, fared, from } = line;
  const sent = sentAs(content);
  if (wamid === null || sent === null || fared?.as === 'failed') return null;
  const status = fared?.as === 'sent' || fared?.as === 'delivered' ? fared.as : 'read';
  return {
    wamid,
    phoneNumberId: business.id,
    direction: from === 'customer' ? 'fromCustomer' : 'fromBusiness',
    at: line.at,
    ...sent,
    quotedWamid: line.quotes === undefined ? null : (chat.lines[line.quotes]?.wamid ?? null),
    status: from === 'customer' ? 'delivered' : status,
    failureCode: null,
    callbackData: null,
    reactions: { byCustomer: null, byBusiness: null },
  };
}

/** In WhatsApp's words; null for what is no bubble. */
function sentAs(
  content: PlacedLine['line']['content'],
): Pick<ChatMessage, 'type' | 'content'> | null {
  switch (content.type) {
    case 'TEXT':
      return { type: 'text', content: { body: content.body } };
    case 'IMAGE':
      return {
        type: 'image',
        content: content.caption === null ? {} : { caption: content.caption },
      };
    case 'AUDIO':
      return { type: 'audio', content: { voice: content.isVoice } };
    case 'DOCUMENT':
      return { type: 'document', content: { filename: content.fileName } };
    case 'LOCATION':
      return { type: 'location', content: { name: content.name, address: content.address } };
    case 'BUTTON':
    case 'CONTACTS':
    case 'INTERACTIVE':
    case 'ORDER':
    case 'REACTION':
    case 'STICKER':
    case 'SYSTEM':
    case 'TEMPLATE':
    case 'UNSUPPORTED':
    case 'VIDEO':
      return null;
  }
}
