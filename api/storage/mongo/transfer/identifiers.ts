import type { IdentifierRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import { phoneKey, userKey } from '../contacts/identifiers.ts';
import type { IdentifierDocument } from '../documents.ts';
import type { Exchange } from './exchange.ts';
import { readAfter, insertMissing, portionSize } from './exchange.ts';

/** A number is a word that its contact is found by, too. */
export const identifiers: Exchange<IdentifierRecord> = {
  collection: 'identifiers',
  async read({ collections }, after) {
    const found = await readAfter(collections.identifiers, after);
    return portionOf(found, portionSize, { cursorOf: ({ _id }) => _id, toRecord });
  },
  async write({ collections }, records) {
    const documents = records.map(({ contactId, kind, value }) => ({
      _id: kind === 'phone' ? phoneKey(value) : userKey(value),
      contactId,
    }));
    await insertMissing(() => collections.identifiers.insertMany(documents, { ordered: false }));
    const phones = records.filter(({ kind }) => kind === 'phone');
    if (phones.length === 0) return;
    await collections.contacts.bulkWrite(
      phones.map(({ contactId, value }) => ({
        updateOne: { filter: { _id: contactId }, update: { $addToSet: { numbers: value } } },
      })),
      { ordered: false },
    );
  },
};

function toRecord({ _id, contactId }: IdentifierDocument): IdentifierRecord {
  const end = _id.indexOf(':');
  const kind = _id.slice(0, end) === 'phone' ? 'phone' : 'user';
  return { kind, value: _id.slice(end + 1), contactId };
}
