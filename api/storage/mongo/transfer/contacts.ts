import type { ContactId } from '../../../ids.ts';
import type { ContactRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import { fieldsOf, toContact } from '../contacts/contact-documents.ts';
import type { Core } from '../core.ts';
import type { ContactDocument } from '../documents.ts';
import type { Exchange } from './exchange.ts';
import { readAfter, insertMissing, portionSize } from './exchange.ts';

/** What is left of a contact that was absorbed by another. */
const nobody = {
  phoneNumber: null,
  userId: null,
  username: null,
  profileName: null,
  phoneNumberSince: null,
  profileSince: null,
};

/** Their numbers come with the identifiers. */
export const contacts: Exchange<ContactRecord> = {
  collection: 'contacts',
  async read(core, after) {
    const found = await readAfter(core.collections.contacts, after, {
      joinedInto: { $exists: false },
    });
    const former = await absorbedBy(
      core,
      found.map(({ _id }) => _id),
    );
    return portionOf(found, portionSize, {
      cursorOf: ({ _id }) => _id,
      toRecord: (document) => ({
        ...toContact(document),
        formerIds: [...(former.get(document._id) ?? [])].sort(),
      }),
    });
  },
  async write({ collections }, records) {
    const documents = records.flatMap(({ formerIds, id, ...contact }): ContactDocument[] => [
      { _id: id, ...fieldsOf(contact), numbers: [], revision: 0 },
      ...formerIds.map((former) => ({
        _id: former,
        ...nobody,
        numbers: [],
        revision: 0,
        joinedInto: id,
      })),
    ]);
    await insertMissing(() => collections.contacts.insertMany(documents, { ordered: false }));
  },
};

/** All that were absorbed, by whoever absorbed them in the end. */
async function absorbedBy(
  core: Core,
  ids: readonly ContactId[],
): Promise<ReadonlyMap<ContactId, readonly ContactId[]>> {
  if (ids.length === 0) return new Map();
  const found = await core.collections.contacts
    .find({ joinedInto: { $in: ids } }, { projection: { joinedInto: 1 } })
    .toArray();
  const further = await absorbedBy(
    core,
    found.map(({ _id }) => _id),
  );
  const byOwner = new Map<ContactId, ContactId[]>();
  for (const { _id, joinedInto } of found) {
    if (joinedInto === undefined) continue;
    const known = byOwner.get(joinedInto) ?? [];
    byOwner.set(joinedInto, [...known, _id, ...(further.get(_id) ?? [])]);
  }
  return byOwner;
}
