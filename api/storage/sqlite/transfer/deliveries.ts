import type { DeliveryRecord } from '../../transfer/records.ts';
import { blobToBuffer } from '../database.ts';
import type { Database } from '../database.ts';
import { toEntry } from '../journal/delivery-rows.ts';
import type { DeliveryRow } from '../journal/delivery-rows.ts';
import type { Exchange } from './exchange.ts';
import { portionSize } from './exchange.ts';

/** Bodies may have megabytes: so much of them makes a portion, or one. */
const portionBytes = 4 * 1024 * 1024;

export const deliveries: Exchange<DeliveryRecord> = {
  table: 'deliveries',
  read({ database }, after) {
    const above = after === null ? -1 : Number(after);
    const last = endOfPortion(database, above);
    const rows = database.all<DeliveryRow & { readonly body: ArrayBuffer }>(
      'SELECT * FROM deliveries WHERE key > ? AND key <= ? ORDER BY key',
      above,
      last ?? above,
    );
    return {
      records: rows.map((row) => ({ ...toEntry(row), body: blobToBuffer(row.body) })),
      next: last === null ? null : String(last),
    };
  },
  write({ database }, { body, id, receivedAt, sizeBytes, state, verdicts }) {
    database.run(
      'INSERT INTO deliveries (id, received_at, state, size_bytes, verdicts, body) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      receivedAt,
      state,
      sizeBytes,
      JSON.stringify(verdicts),
      body,
    );
  },
};

function endOfPortion(database: Database, above: number): number | null {
  let bytes = 0;
  let last: number | null = null;
  for (const row of database.all<Pick<DeliveryRow, 'key' | 'size_bytes'>>(
    'SELECT key, size_bytes FROM deliveries WHERE key > ? ORDER BY key LIMIT ?',
    above,
    portionSize,
  )) {
    bytes += row.size_bytes;
    if (last !== null && bytes > portionBytes) break;
    last = row.key;
  }
  return last;
}
