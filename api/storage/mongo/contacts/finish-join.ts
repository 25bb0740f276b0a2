import { combine } from '../../../contacts/resolve-contact.ts';
import type { ContactId } from '../../../ids.ts';
import { moveConversations } from '../conversations/join-conversations.ts';
import type { Core } from '../core.ts';
import type { ContactDocument } from '../documents.ts';
import { fieldsOf, saveContact, toContact } from './contact-documents.ts';

/**
 * Two who turned out to be one. The survivor first says whom it is about to absorb, so that nobody
 * joins it with a third one meanwhile; then the other is marked, which is where the two become one; then
 * follows what anybody can do again: what is known of both, conversations, identifiers. The identifiers
 * come last: until then whoever looks them up meets the absorbed contact, and finishes.
 */
export async function beginJoin(
  core: Core,
  survivor: ContactDocument,
  absorbed: ContactId,
): Promise<void> {
  await saveContact(core, survivor, { absorbing: absorbed });
}

/** Goes one step or all the way on: whoever met this contact looks again afterwards. */
export async function finishJoin(core: Core, contact: ContactDocument): Promise<void> {
  if (contact.joinedInto === undefined) {
    if (contact.absorbing !== undefined) await absorb(core, contact, contact.absorbing);
    return;
  }
  const survivor = await contactById(core, contact.joinedInto);
  if (survivor.absorbing === contact._id) {
    await absorb(core, survivor, contact._id);
  } else {
    await bring(core, contact, survivor);
  }
}

async function absorb(core: Core, survivor: ContactDocument, id: ContactId): Promise<void> {
  const other = await contactById(core, id);
  if (other.joinedInto === survivor._id) {
    const numbers = [...new Set([...survivor.numbers, ...other.numbers])];
    const combined = fieldsOf(combine(toContact(survivor), toContact(other)));
    const after = await saveContact(core, survivor, { ...combined, numbers, absorbing: null });
    if (after !== undefined) await bring(core, other, after);
    return;
  }
  const areTwoPeople = survivor.userId !== null && other.userId !== null;
  if (other.joinedInto !== undefined || areTwoPeople) {
    await saveContact(core, survivor, { absorbing: null });
  } else if (other.absorbing !== undefined) {
    await absorb(core, other, other.absorbing);
  } else {
    const marked = await saveContact(core, other, { joinedInto: survivor._id });
    if (marked !== undefined) await absorb(core, survivor, id);
  }
}

/** Everything of the absorbed contact goes to where it was joined in the end. */
async function bring(core: Core, from: ContactDocument, survivor: ContactDocument): Promise<void> {
  const into = await liveContact(core, survivor);
  await moveConversations(core, { from: from._id, into });
  await core.collections.identifiers.updateMany(
    { contactId: from._id },
    { $set: { contactId: into._id } },
  );
}

/** The contact itself, or the one that it was joined into in the end. */
export async function liveContact(core: Core, contact: ContactDocument): Promise<ContactDocument> {
  if (contact.joinedInto === undefined) return contact;
  return liveContact(core, await contactById(core, contact.joinedInto));
}

export async function contactById(core: Core, id: ContactId): Promise<ContactDocument> {
  const contact = await core.lookups.contact(id);
  if (contact === null) throw new Error(`There is no contact ${id}`);
  return contact;
}
