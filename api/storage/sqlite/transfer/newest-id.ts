import type { NewestIdRecord } from '../../transfer/records.ts';
import { newestId as findNewestId } from '../newest-id.ts';
import type { Exchange } from './exchange.ts';

export const newestId: Exchange<NewestIdRecord> = {
  table: "settings WHERE name = 'newest_id'",
  read({ database }) {
    const id = findNewestId(database);
    return { records: id === null ? [] : [{ part: id.slice(id.indexOf('_') + 1) }], next: null };
  },
  write({ database }, { part }) {
    database.run(
      "INSERT INTO settings (name, value) VALUES ('newest_id', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
      `dlv_${part}`,
    );
  },
};
