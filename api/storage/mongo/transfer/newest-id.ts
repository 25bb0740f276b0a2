import type { NewestIdRecord } from '../../transfer/records.ts';
import { rememberNewestId, newestId as findNewestId } from '../newest-id.ts';
import type { Exchange } from './exchange.ts';

export const newestId: Exchange<NewestIdRecord> = {
  collection: 'settings',
  async read(core) {
    const id = await findNewestId(core);
    return { records: id === null ? [] : [{ part: id.slice(id.indexOf('_') + 1) }], next: null };
  },
  async write(core, records) {
    for (const { part } of records) await rememberNewestId(core, `dlv_${part}`);
  },
};
