import type { Conversation } from '../../../conversations/conversation.ts';
import type { ConversationStore } from '../../store.ts';
import { toContact } from '../contacts/contact-documents.ts';
import { contactsByIds, contactsOfNumber } from '../contacts/known-contacts.ts';
import type { Core } from '../core.ts';
import type { ConversationDocument } from '../documents.ts';
import type { Operations } from '../operations.ts';
import { toConversation } from './conversation-documents.ts';
import { liveConversations } from './live-conversations.ts';
import { conversationPage, totalUnread } from './conversation-pages.ts';
import { firstUnread } from './first-unread.ts';
import { markRead } from './mark-read.ts';

export function createConversationStore(core: Core, { run }: Operations): ConversationStore {
  async function allByPhoneNumber(phoneNumber: string): Promise<readonly Conversation[]> {
    const owners = await contactsOfNumber(core, phoneNumber);
    const all = await Promise.all(owners.map((id) => core.lookups.conversationsOf(id)));
    return all.flat().sort(newestFirst).map(toConversation);
  }

  return {
    byIds: (ids) =>
      run('conversations.byIds', async () => {
        const found = await liveConversations(core, ids);
        return new Map(Array.from(found, ([id, document]) => [id, toConversation(document)]));
      }),
    byPhoneNumber: (phoneNumberId, phoneNumber) =>
      run('conversations.byPhoneNumber', async () => {
        const all = await allByPhoneNumber(phoneNumber);
        return all.find((conversation) => conversation.phoneNumberId === phoneNumberId) ?? null;
      }),
    allByPhoneNumber: (phoneNumber) =>
      run('conversations.allByPhoneNumber', () => allByPhoneNumber(phoneNumber)),
    contactsByIds: (ids) =>
      run('conversations.contactsByIds', async () => {
        const found = await contactsByIds(core, ids);
        return new Map(Array.from(found, ([id, document]) => [id, toContact(document)]));
      }),
    page: (query) => run('conversations.page', () => conversationPage(core, query)),
    totalUnread: (filter) => run('conversations.totalUnread', () => totalUnread(core, filter)),
    firstUnread: (id) => run('conversations.firstUnread', () => firstUnread(core, id)),
    markRead: (id, upTo, now) =>
      run('conversations.markRead', () => markRead(core, id, { place: upTo, now })),
    ownPhoneNumber: (phoneNumberId) =>
      run('conversations.ownPhoneNumber', async () => {
        const number = await core.collections.numbers.findOne({ _id: phoneNumberId });
        return number?.displayPhoneNumber ?? null;
      }),
  };
}

function newestFirst(a: ConversationDocument, b: ConversationDocument): number {
  return b.activitySecond - a.activitySecond || (a._id < b._id ? 1 : -1);
}
