import type { Instant } from '../../../clock.ts';
import type { Conversation } from '../../../conversations/conversation.ts';
import type { ContactId } from '../../../ids.ts';
import { toContact } from '../contacts/contact-documents.ts';
import type { Core } from '../core.ts';
import type { ContactDocument, ConversationDocument } from '../documents.ts';
import { contactTokensOf } from './contact-tokens.ts';

/** Of one that holds no message, or none any more: no place in the list. */
export const unlisted = -1;

export function keyOf(contactId: ContactId, phoneNumberId: string): string {
  return `${contactId}/${phoneNumberId}`;
}

export function toConversation(document: ConversationDocument): Conversation {
  return {
    id: document._id,
    phoneNumberId: document.phoneNumberId,
    contact: document.contact,
    unreadCount: document.unread,
    lastMessageId: document.lastMessage?.id ?? null,
    lastActivityAt: document.lastActivityAt,
    window: { lastInboundAt: document.lastInboundAt, refusedAt: document.refusedAt },
    formerIds: document.formerIds,
  };
}

/** What a conversation shows of its contact, and is found by. */
export function shownOf(
  contact: ContactDocument,
): Pick<ConversationDocument, 'contact' | 'contactRevision' | 'tokens'> {
  return {
    contact: toContact(contact),
    contactRevision: contact.revision,
    tokens: contactTokensOf(contact),
  };
}

export function newConversation(
  core: Core,
  contact: ContactDocument,
  first: { readonly phoneNumberId: string; readonly at: Instant },
): ConversationDocument {
  return {
    _id: core.ids.next('cnv'),
    key: keyOf(contact._id, first.phoneNumberId),
    phoneNumberId: first.phoneNumberId,
    ...shownOf(contact),
    unread: 0,
    lastMessage: null,
    lastActivityAt: first.at,
    activitySecond: unlisted,
    lastInboundAt: null,
    refusedAt: null,
    formerIds: [],
    told: 0,
    revision: 0,
  };
}
