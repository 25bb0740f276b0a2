import { ObjectId } from 'mongodb';
import type { Rejection } from '../../store.ts';
import type { RejectionCountRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import type { Exchange } from './exchange.ts';
import { insertMissing, portionSize, readAfter } from './exchange.ts';

/** There are a few hundred at most: all of them are one portion, in which each has its place for an id. */
export const rejections: Exchange<Rejection> = {
  collection: 'rejections',
  async read({ collections }) {
    const found = await collections.rejections.find().sort({ at: 1, _id: 1 }).toArray();
    const records = found.map(({ at, reason, status, times }) => ({ at, status, reason, times }));
    return { records, next: null };
  },
  async write({ collections }, records) {
    const documents = records.map((rejection, index) => ({ _id: idOf(index), ...rejection }));
    await insertMissing(() => collections.rejections.insertMany(documents, { ordered: false }));
  },
};

/** Before all that a server gives. */
function idOf(index: number): ObjectId {
  return new ObjectId(index.toString(16).padStart(24, '0'));
}

export const rejectionCounts: Exchange<RejectionCountRecord> = {
  collection: 'rejectionCounts',
  async read({ collections }, after) {
    const found = await readAfter(
      collections.rejectionCounts,
      after === null ? null : Number(after),
    );
    return portionOf(found, portionSize, {
      cursorOf: ({ _id }) => String(_id),
      toRecord: ({ _id: minute, rejected }) => ({ minute, rejected }),
    });
  },
  async write({ collections }, records) {
    const documents = records.map(({ minute: _id, rejected }) => ({ _id, rejected }));
    await insertMissing(() =>
      collections.rejectionCounts.insertMany(documents, { ordered: false }),
    );
  },
};
