import { isDeepStrictEqual } from 'node:util';
import type { Contact } from '../../../contacts/contact.ts';
import type { ConversationId } from '../../../ids.ts';
import type { Core } from '../core.ts';
import type { ContactDocument, ConversationDocument } from '../documents.ts';
import { shownOf } from './conversation-documents.ts';

/**
 * Shows in the conversations of a contact how it looks by now, and says so. `exceptFor` is about to get a
 * message, which says it too.
 */
export async function tellOfContact(
  core: Core,
  contact: ContactDocument,
  known?: {
    readonly conversations: readonly ConversationDocument[];
    readonly exceptFor: ConversationId | undefined;
  },
): Promise<boolean> {
  const all = known?.conversations ?? (await core.lookups.conversationsOf(contact._id));
  const shown = shownOf(contact);
  const outdated = all.filter(
    (conversation) =>
      conversation._id !== known?.exceptFor &&
      conversation.contactRevision < contact.revision &&
      !looksSame(conversation, shown),
  );
  if (outdated.length === 0) return false;
  const { modifiedCount } = await core.collections.conversations.updateMany(
    {
      _id: { $in: outdated.map(({ _id }) => _id) },
      'contact.id': contact._id,
      key: { $exists: true },
      contactRevision: { $lt: contact.revision },
    },
    { $set: shown, $inc: { told: 1 } },
  );
  return modifiedCount > 0;
}

type Shown = Pick<ConversationDocument, 'contact' | 'tokens'>;

function looksSame(a: Shown, b: Shown): boolean {
  return (
    isDeepStrictEqual(withoutTimes(a.contact), withoutTimes(b.contact)) &&
    isDeepStrictEqual(a.tokens, b.tokens)
  );
}

function withoutTimes({ phoneNumber, profileName, userId, username }: Contact) {
  return { phoneNumber, profileName, userId, username };
}
