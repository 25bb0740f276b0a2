import type { NumberRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import type { NumberDocument } from '../documents.ts';
import type { Exchange } from './exchange.ts';
import { readAfter, insertMissing, portionSize } from './exchange.ts';

export const numbers: Exchange<NumberRecord> = {
  collection: 'numbers',
  async read({ collections }, after) {
    const found = await readAfter(collections.numbers, after);
    return portionOf(found, portionSize, { cursorOf: ({ _id }) => _id, toRecord });
  },
  async write({ collections }, records) {
    const documents = records.map(toDocument);
    await insertMissing(() => collections.numbers.insertMany(documents, { ordered: false }));
  },
};

/** One of which nothing is known is there only so that its lines are looked at. */
function toRecord(document: NumberDocument): NumberRecord | null {
  const { _id: phoneNumberId, nextSendAt = 0 } = document;
  const displayPhoneNumber = document.displayPhoneNumber ?? null;
  const paceUntil = document.paceUntil ?? null;
  const isUnknown = displayPhoneNumber === null && paceUntil === null && nextSendAt === 0;
  return isUnknown ? null : { phoneNumberId, displayPhoneNumber, paceUntil, nextSendAt };
}

function toDocument(record: NumberRecord): NumberDocument {
  const { displayPhoneNumber, nextSendAt, paceUntil, phoneNumberId } = record;
  return {
    _id: phoneNumberId,
    ...(displayPhoneNumber !== null && { displayPhoneNumber }),
    ...(paceUntil !== null && { paceUntil }),
    nextSendAt,
  };
}
