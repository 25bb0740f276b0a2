import { trustedId } from '../../../ids.ts';
import type { ConversationRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import { keyOf, shownOf, unlisted } from '../conversations/conversation-documents.ts';
import type { ContactDocument, ConversationDocument } from '../documents.ts';
import type { Exchange } from './exchange.ts';
import { readAfter, insertMissing, portionSize } from './exchange.ts';

export const conversations: Exchange<ConversationRecord> = {
  collection: 'conversations',
  async read({ collections }, after) {
    const found = await readAfter(collections.conversations, after, { key: { $exists: true } });
    return portionOf(found, portionSize, { cursorOf: ({ _id }) => _id, toRecord });
  },
  async write({ collections }, records) {
    const ids = [...new Set(records.map(({ contactId }) => contactId))];
    const contacts = await collections.contacts.find({ _id: { $in: ids } }).toArray();
    const byId = new Map(contacts.map((contact) => [contact._id, contact]));
    const documents = records.flatMap((record) => {
      const contact = byId.get(record.contactId);
      if (contact === undefined) throw new Error(`${record.id} comes before its contact`);
      return toDocuments(record, contact);
    });
    await insertMissing(() => collections.conversations.insertMany(documents, { ordered: false }));
  },
};

function toRecord(document: ConversationDocument): ConversationRecord | null {
  const { lastMessage } = document;
  if (lastMessage === null) return null;
  return {
    id: document._id,
    phoneNumberId: document.phoneNumberId,
    contactId: document.contact.id,
    unread: document.unread,
    lastMessage,
    lastActivityAt: document.lastActivityAt,
    lastInboundAt: document.lastInboundAt,
    refusedAt: document.refusedAt,
    formerIds: document.formerIds,
  };
}

/** Itself, and those that were joined into it. */
function toDocuments(
  record: ConversationRecord,
  contact: ContactDocument,
): readonly ConversationDocument[] {
  const { formerIds, id, lastActivityAt, lastMessage, phoneNumberId } = record;
  const shared = { phoneNumberId, ...shownOf(contact), lastActivityAt, told: 0, revision: 0 };
  const joined = formerIds.map((former) => ({
    ...shared,
    _id: former,
    joinedInto: id,
    tokens: [],
    unread: 0,
    lastMessage: null,
    activitySecond: unlisted,
    lastInboundAt: null,
    refusedAt: null,
    formerIds: [],
  }));
  const itself = {
    ...shared,
    _id: id,
    key: keyOf(contact._id, phoneNumberId),
    unread: record.unread,
    lastMessage: { second: lastMessage.second, id: trustedId('msg', lastMessage.id) },
    activitySecond: lastMessage.second,
    lastInboundAt: record.lastInboundAt,
    refusedAt: record.refusedAt,
    formerIds,
  };
  return [itself, ...joined];
}
