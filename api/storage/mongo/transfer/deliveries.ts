import { trustedId } from '../../../ids.ts';
import type { DeliveryRecord } from '../../transfer/records.ts';
import type { Core } from '../core.ts';
import type { DeliveryDocument } from '../documents.ts';
import type { Exchange } from './exchange.ts';
import { insertMissing, portionSize } from './exchange.ts';

/** Bodies may have megabytes: so much of them makes a portion, or one. */
const portionBytes = 4 * 1024 * 1024;

export const deliveries: Exchange<DeliveryRecord> = {
  collection: 'deliveries',
  async read(core, after) {
    const last = await endOfPortion(core, after);
    if (last === null) return { records: [], next: null };
    const found = await core.collections.deliveries
      .find({ _id: { ...(after !== null && { $gt: trustedId('dlv', after) }), $lte: last } })
      .sort({ _id: 1 })
      .toArray();
    return { records: found.map(toRecord), next: last };
  },
  async write({ collections }, records) {
    const documents = records.map(({ id: _id, ...delivery }) => ({ _id, ...delivery }));
    await insertMissing(() => collections.deliveries.insertMany(documents, { ordered: false }));
  },
};

function toRecord({ _id: id, ...delivery }: DeliveryDocument): DeliveryRecord {
  return { id, ...delivery };
}

async function endOfPortion({ collections }: Core, after: string | null) {
  const sizes = await collections.deliveries
    .find(after === null ? {} : { _id: { $gt: trustedId('dlv', after) } }, {
      projection: { sizeBytes: 1 },
    })
    .sort({ _id: 1 })
    .limit(portionSize)
    .toArray();
  let bytes = 0;
  let last: DeliveryDocument['_id'] | null = null;
  for (const { _id, sizeBytes } of sizes) {
    bytes += sizeBytes;
    if (last !== null && bytes > portionBytes) break;
    last = _id;
  }
  return last;
}
