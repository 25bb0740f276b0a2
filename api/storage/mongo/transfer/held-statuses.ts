import type { HeldStatusRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import { toHeldDocument } from '../messages/held-statuses.ts';
import type { Exchange } from './exchange.ts';
import { readAfter, insertMissing, portionSize } from './exchange.ts';

export const heldStatuses: Exchange<HeldStatusRecord> = {
  collection: 'heldStatuses',
  async read({ collections }, after) {
    const found = await readAfter(collections.heldStatuses, after);
    return portionOf(found, portionSize, {
      cursorOf: ({ _id }) => _id,
      toRecord: ({ at, failure, heldSince, phoneNumberId, status, wamid }) => ({
        phoneNumberId,
        wamid,
        status,
        at,
        failure,
        heldSince,
      }),
    });
  },
  async write({ collections }, records) {
    const documents = records.map(({ at, failure, heldSince, status, ...of }) =>
      toHeldDocument(of, { status, at, failure }, heldSince),
    );
    await insertMissing(() => collections.heldStatuses.insertMany(documents, { ordered: false }));
  },
};
