import { systemClock } from '../../clock.ts';
import type { Config } from '../../config.ts';
import { createLog } from '../../log.ts';
import { createMetrics } from '../../metrics.ts';
import type { Store } from '../../storage/store.ts';
import { createIngest } from '../ingest.ts';
import { entryJson, entryWithBodyJson, rejectionJson } from '../journal-json.ts';
import type { JournalAccess } from './journal-access.ts';

/** Reads the store that nobody else has open. Stops it in the end. */
export function createStoredJournal(store: Store, config: Config): JournalAccess {
  const { journal } = store;
  const ingest = createIngest({
    store,
    config,
    clock: systemClock,
    log: createLog({ logLevel: 'silent' }), // its lines would mix with the output
    metrics: createMetrics(),
  });
  return {
    list: async (query) => (await journal.list(query)).map(entryJson),
    async show(id) {
      const entry = await journal.get(id);
      return entry === null ? null : entryWithBodyJson(entry);
    },
    async replay(id) {
      const entry = await ingest.replay(id);
      return entry === null ? null : entryJson(entry);
    },
    rejections: async (limit) => (await journal.rejections(limit)).map(rejectionJson),
    async stop() {
      await ingest.stop();
      await store.stop();
    },
  };
}
