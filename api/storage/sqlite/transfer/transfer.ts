import type { TransferKind, TransferRecords } from '../../transfer/records.ts';
import type { TransferStore } from '../../transfer/transfer.ts';
import type { Database } from '../database.ts';
import { createSearchIndexer } from '../messages/search-index.ts';
import { nameFeed } from '../migrate.ts';
import { newestId as findNewestId } from '../newest-id.ts';
import { openFiles } from '../open-files.ts';
import { contacts } from './contacts.ts';
import { conversations } from './conversations.ts';
import { deliveries } from './deliveries.ts';
import type { Exchange } from './exchange.ts';
import { heldStatuses } from './held-statuses.ts';
import { identifiers } from './identifiers.ts';
import { lines } from './lines.ts';
import { messages } from './messages.ts';
import { newestId } from './newest-id.ts';
import { numbers } from './numbers.ts';
import { receipts } from './receipts.ts';
import { rejectionCounts, rejections } from './rejections.ts';
import { forgetProgress, storedProgress, storeProgress } from './unfinished.ts';

const exchanges: { readonly [Kind in TransferKind]: Exchange<TransferRecords[Kind]> } = {
  contacts,
  identifiers,
  conversations,
  messages,
  numbers,
  lines,
  heldStatuses,
  receipts,
  deliveries,
  rejections,
  rejectionCounts,
  newestId,
};

/** The embedded store as one side of a migration. It is locked, as a server does it. */
export function openSqliteTransfer(
  directory: string,
  { isSource }: { readonly isSource: boolean },
): Promise<TransferStore> {
  const files = openFiles(directory, { mustExist: isSource });
  const { database } = files;
  const core = { database, search: createSearchIndexer(database) };
  const inTransaction = transactionsOf(database);
  /** Everything is synchronous; its failures are rejections. */
  const answer = <Result>(work: () => Result): Promise<Result> =>
    new Promise((resolve) => {
      resolve(work());
    });

  return answer(() => ({
    place: directory,
    others: () => Promise.resolve('none'),
    stop: () =>
      answer(() => {
        files.close();
      }),
    finishBegun: () => Promise.resolve(),
    identity: () => answer(() => ({ name: feedName(database), newestId: findNewestId(database) })),
    about: (kind) => answer(() => rowsIn(database, exchanges[kind].table)),
    read: (kind, after) => answer(() => exchanges[kind].read(core, after)),
    isEmpty: () => answer(() => isEmpty(database)),
    progress: () => answer(() => storedProgress(database)),
    begin: (progress) =>
      answer(() => {
        storeProgress(database, progress);
      }),
    take: ({ kind, progress, records }) =>
      answer(() => {
        inTransaction(() => {
          for (const record of records) exchanges[kind].write(core, record);
          core.search.flush();
          storeProgress(database, progress);
        });
      }),
    finish: () =>
      answer(() => {
        inTransaction(() => {
          nameFeed(database);
          forgetProgress(database);
        });
      }),
  }));
}

function transactionsOf(database: Database): (work: () => void) => void {
  return (work) => {
    database.exec('BEGIN IMMEDIATE');
    try {
      work();
      database.exec('COMMIT');
    } catch (error) {
      if (database.isInTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
}

function feedName(database: Database): string {
  const row = database.get<{ value: string }>("SELECT value FROM settings WHERE name = 'feed'");
  return row?.value ?? '';
}

function isEmpty(database: Database): boolean {
  return Object.values(exchanges).every(({ table }) => rowsIn(database, table) === 0);
}

function rowsIn(database: Database, table: string): number {
  return database.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0;
}
