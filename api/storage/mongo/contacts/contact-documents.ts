import { isDeepStrictEqual } from 'node:util';
import type { Contact, Identity } from '../../../contacts/contact.ts';
import { cleanText } from '../../../messages/text-body.ts';
import type { Core } from '../core.ts';
import type { ContactDocument } from '../documents.ts';
import { without } from '../without.ts';

export function toContact(document: ContactDocument): Contact {
  return { id: document._id, ...fieldsOf(document) };
}

export function fieldsOf(contact: Omit<Contact, 'id'>): Omit<Contact, 'id'> {
  const { phoneNumber, userId, username, profileName, phoneNumberSince, profileSince } = contact;
  return { phoneNumber, userId, username, profileName, phoneNumberSince, profileSince };
}

/** As it can be stored: names may hold anything. */
export function cleanIdentity(identity: Identity): Identity {
  const clean = (value: string | null) => (value === null ? null : cleanText(value));
  return {
    phoneNumber: clean(identity.phoneNumber),
    userId: clean(identity.userId),
    username: clean(identity.username),
    profileName: clean(identity.profileName),
  };
}

export type ContactChange = Partial<Omit<ContactDocument, '_id' | 'revision' | 'absorbing'>> & {
  /** Null: it absorbs nobody any more. */
  readonly absorbing?: ContactDocument['_id'] | null;
};

/** Undefined: somebody else wrote it meanwhile. Where nothing would change nothing is written. */
export async function saveContact(
  core: Core,
  before: ContactDocument,
  change: ContactChange,
): Promise<ContactDocument | undefined> {
  const { absorbing, ...fields } = change;
  const $set = { ...fields, ...(absorbing != null && { absorbing }) };
  const after: ContactDocument = { ...before, ...$set };
  if (absorbing !== null && isDeepStrictEqual(after, before)) return before;
  const { matchedCount } = await core.collections.contacts.updateOne(
    { _id: before._id, revision: before.revision },
    {
      ...(Object.keys($set).length > 0 && { $set }),
      ...(absorbing === null && { $unset: { absorbing: '' } }),
      $inc: { revision: 1 },
    },
  );
  if (matchedCount === 0) return undefined;
  const written = { ...after, revision: before.revision + 1 };
  return absorbing === null ? without(written, 'absorbing') : written;
}
