import type { ContactId, ConversationId } from '../../../ids.ts';
import { untilDone } from '../again.ts';
import type { Core } from '../core.ts';
import type { ContactDocument, ConversationDocument } from '../documents.ts';
import { isDuplicateKey } from '../unique.ts';
import { keyOf, shownOf, unlisted } from './conversation-documents.ts';
import { moveContents } from './move-contents.ts';
import { refreshConversation } from './refresh-conversation.ts';
import { tellOfContact } from './tell-of-contact.ts';

/**
 * Moves the conversations of one contact to another. Where both have one with the same business number, the
 * other's goes on with everything of the first. Those that were joined so before are looked at again: whoever
 * did it may have died on the way.
 */
export async function moveConversations(
  core: Core,
  { from, into }: { readonly from: ContactId; readonly into: ContactDocument },
): Promise<void> {
  const { contacts, conversations } = core.collections;
  const all = await conversations.find({ 'contact.id': from }).toArray();
  for (const { _id } of all) await moveConversation(core, _id, into);
  if (all.length === 0) return;
  const present = await contacts.findOne({ _id: into._id });
  if (present !== null && present.revision > into.revision) await tellOfContact(core, present);
}

async function moveConversation(
  core: Core,
  id: ConversationId,
  into: ContactDocument,
): Promise<void> {
  const { conversations } = core.collections;
  await untilDone(async () => {
    const from = await conversations.findOne({ _id: id });
    if (from === null || from.key === keyOf(into._id, from.phoneNumberId)) return true;
    if (from.joinedInto !== undefined) {
      await bringContents(core, from);
      return true;
    }
    const change = await changeOwner(core, from, into);
    return change === 'changed' ? true : markJoined(core, from, into);
  });
}

/** Taken: the other contact has one with this business number too. */
async function changeOwner(
  core: Core,
  { _id, phoneNumberId, revision }: ConversationDocument,
  into: ContactDocument,
): Promise<'changed' | 'taken' | 'moved on'> {
  try {
    const { matchedCount } = await core.collections.conversations.updateOne(
      { _id, revision },
      {
        $set: { key: keyOf(into._id, phoneNumberId), ...shownOf(into) },
        $inc: { revision: 1, told: 1 },
      },
    );
    return matchedCount === 1 ? 'changed' : 'moved on';
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return 'taken';
  }
}

/** From then on nothing new comes into it; what is in it is brought at the next look. */
async function markJoined(
  core: Core,
  { _id, phoneNumberId, revision }: ConversationDocument,
  contact: ContactDocument,
): Promise<undefined> {
  const { conversations } = core.collections;
  const into = await conversations.findOne({ key: keyOf(contact._id, phoneNumberId) });
  if (into === null) return;
  await conversations.updateOne(
    { _id, revision },
    {
      $set: { joinedInto: into._id, activitySecond: unlisted, unread: 0, tokens: [] },
      $unset: { key: '' },
      $inc: { revision: 1 },
    },
  );
}

/**
 * Everything of a joined conversation goes to where it was joined in the end; last of all its id, so that
 * whoever finds it there knows the rest there too.
 */
export async function bringContents(
  core: Core,
  from: ConversationDocument,
): Promise<ConversationDocument> {
  const { into, raise } = await moveContents(core, from);
  return refreshConversation(core, into, raise);
}
