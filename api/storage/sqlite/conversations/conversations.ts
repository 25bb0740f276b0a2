import type { Conversation } from '../../../conversations/conversation.ts';
import { trustedId } from '../../../ids.ts';
import type { ConversationId } from '../../../ids.ts';
import type { ConversationStore } from '../../store.ts';
import { contactByIdentifier, toContact } from '../contacts/contact-rows.ts';
import type { ContactRow } from '../contacts/contact-rows.ts';
import type { Core } from '../core.ts';
import type { Operations } from '../operations.ts';
import { conversationPage, totalUnread } from './conversation-pages.ts';
import { shownConversations, toConversation } from './conversation-rows.ts';
import type { ShownConversationRow } from './conversation-rows.ts';
import { firstUnread } from './first-unread.ts';
import { markRead } from './mark-read.ts';

export function createConversationStore(core: Core, operations: Operations): ConversationStore {
  const { database } = core;
  const { read, write } = operations;

  function byIds(ids: readonly ConversationId[]): Map<ConversationId, Conversation> {
    const rows = database.all<ShownConversationRow & { asked: string }>(
      `SELECT a.value AS asked, s.* FROM json_each(?) a
       JOIN (${shownConversations}) s ON s.key = coalesce(
         (SELECT key FROM conversations WHERE id = a.value),
         (SELECT conversation FROM former_conversations WHERE id = a.value))`,
      JSON.stringify(ids),
    );
    return new Map(rows.map((row) => [trustedId('cnv', row.asked), toConversation(row)]));
  }

  function allOf(contactKey: number): readonly ShownConversationRow[] {
    return database.all<ShownConversationRow>(
      `${shownConversations} WHERE v.contact = ? ORDER BY v.activity_second DESC, v.id DESC`,
      contactKey,
    );
  }

  function allByPhoneNumber(phoneNumber: string): readonly Conversation[] {
    const contact = contactByIdentifier(database, 'phone', phoneNumber);
    return contact === null ? [] : allOf(contact.key).map(toConversation);
  }

  return {
    byIds: (ids) => read('conversations.byIds', () => byIds(ids)),
    byPhoneNumber: (phoneNumberId, phoneNumber) =>
      read('conversations.byPhoneNumber', () => {
        const all = allByPhoneNumber(phoneNumber);
        return all.find((conversation) => conversation.phoneNumberId === phoneNumberId) ?? null;
      }),
    allByPhoneNumber: (phoneNumber) =>
      read('conversations.allByPhoneNumber', () => allByPhoneNumber(phoneNumber)),
    contactsByIds: (ids) =>
      read('conversations.contactsByIds', () => {
        const rows = database.all<ContactRow & { asked: string }>(
          `SELECT a.value AS asked, c.* FROM json_each(?) a
           JOIN contacts c ON c.key = coalesce(
             (SELECT key FROM contacts WHERE id = a.value),
             (SELECT contact FROM former_contacts WHERE id = a.value))`,
          JSON.stringify(ids),
        );
        return new Map(rows.map((row) => [trustedId('cnt', row.asked), toContact(row)]));
      }),
    page: (query) => read('conversations.page', () => conversationPage(database, query)),
    totalUnread: (filter) => read('conversations.totalUnread', () => totalUnread(database, filter)),
    firstUnread: (id) => read('conversations.firstUnread', () => firstUnread(database, id)),
    markRead: (id, upTo, now) =>
      write('conversations.markRead', () => markRead(core, id, { place: upTo, now })),
    ownPhoneNumber: (phoneNumberId) =>
      read(
        'conversations.ownPhoneNumber',
        () =>
          database.get<{ number: string | null }>(
            'SELECT display_phone_number AS number FROM business_numbers WHERE phone_number_id = ?',
            phoneNumberId,
          )?.number ?? null,
      ),
  };
}
