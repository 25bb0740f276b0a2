import type { ReceiptRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import type { Exchange } from './exchange.ts';
import { readAfter, insertMissing, portionSize } from './exchange.ts';

export const receipts: Exchange<ReceiptRecord> = {
  collection: 'receipts',
  async read({ collections }, after) {
    const found = await readAfter(collections.receipts, after);
    return portionOf(found, portionSize, {
      cursorOf: ({ _id }) => _id,
      toRecord: ({ _id: conversationId, ...receipt }) => ({ conversationId, ...receipt }),
    });
  },
  async write({ collections }, records) {
    const documents = records.map(({ conversationId: _id, ...receipt }) => ({ _id, ...receipt }));
    await insertMissing(() => collections.receipts.insertMany(documents, { ordered: false }));
  },
};
