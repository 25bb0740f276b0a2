import type { DeliveryId } from '../ids.ts';
import type { JournalEntry, JournalQuery, JournalStore } from '../storage/store.ts';

const pageSize = 200;

/** Every delivery that the query names, newest first, read page by page. */
export async function* journalEntries(
  journal: Pick<JournalStore, 'list'>,
  query: Omit<JournalQuery, 'limit' | 'before'>,
): AsyncGenerator<JournalEntry> {
  let before: DeliveryId | undefined;
  for (;;) {
    const page = await journal.list({
      ...query,
      limit: pageSize,
      ...(before !== undefined && { before }),
    });
    yield* page;
    before = page.at(-1)?.id;
    if (page.length < pageSize) return;
  }
}
