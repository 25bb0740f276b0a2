import type { Instant } from '../../../clock.ts';
import { contactById, finishJoin } from '../contacts/finish-join.ts';
import type { Core } from '../core.ts';
import type { ContactDocument, ConversationDocument } from '../documents.ts';
import { isDuplicateKey } from '../unique.ts';
import { keyOf, newConversation } from './conversation-documents.ts';
import { liveConversation } from './live-conversations.ts';
import { tellOfContact } from './tell-of-contact.ts';

/** The conversation of a contact with one of our numbers; made at their first message. */
export async function conversationWith(
  core: Core,
  contact: ContactDocument,
  first: { readonly phoneNumberId: string; readonly at: Instant },
): Promise<ConversationDocument> {
  return conversationAmong(core, contact, {
    ...first,
    conversations: await core.lookups.conversationsOf(contact._id),
  });
}

/** The same by those that its contact had a moment ago: where it has another by now, that one is found. */
export async function conversationAmong(
  core: Core,
  contact: ContactDocument,
  first: {
    readonly phoneNumberId: string;
    readonly at: Instant;
    readonly conversations: readonly ConversationDocument[];
  },
): Promise<ConversationDocument> {
  const { conversations } = first;
  const known = conversations.find((other) => other.phoneNumberId === first.phoneNumberId);
  await tellOfContact(core, contact, { conversations, exceptFor: known?._id });
  return known ?? makeConversation(core, contact, first);
}

async function makeConversation(
  core: Core,
  contact: ContactDocument,
  first: { readonly phoneNumberId: string; readonly at: Instant },
): Promise<ConversationDocument> {
  const { conversations } = core.collections;
  const made = newConversation(core, contact, first);
  try {
    await conversations.insertOne(made);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const key = keyOf(contact._id, first.phoneNumberId);
    const other = await conversations.findOne({ key });
    return other ?? conversationWith(core, await joinedContact(core, contact), first);
  }
  // Its contact may have been absorbed before this was there to be joined with the rest.
  const present = await contactById(core, contact._id);
  if (present.joinedInto === undefined) return made;
  await finishJoin(core, present);
  return (await liveConversation(core, made._id)) ?? made;
}

async function joinedContact(core: Core, { _id }: ContactDocument): Promise<ContactDocument> {
  const present = await contactById(core, _id);
  return present.joinedInto === undefined ? present : contactById(core, present.joinedInto);
}
