import type { Clock } from '../../../clock.ts';
import type { Ids } from '../../../ids.ts';
import type { Log } from '../../../log.ts';
import type { TransferKind, TransferRecords } from '../../transfer/records.ts';
import type { TransferStore } from '../../transfer/transfer.ts';
import { feedName } from '../changes/feed-name.ts';
import { collectionsOf } from '../collections.ts';
import type { Collections } from '../collections.ts';
import { connect } from '../connect.ts';
import type { Connection } from '../connect.ts';
import { createCore } from '../core.ts';
import type { Core } from '../core.ts';
import { newestId as findNewestId } from '../newest-id.ts';
import { prepareSchema } from '../schema.ts';
import { explainFailure } from '../start-failures.ts';
import { contacts } from './contacts.ts';
import { conversations } from './conversations.ts';
import { deliveries } from './deliveries.ts';
import type { Exchange } from './exchange.ts';
import { finishBegun } from './finish-begun.ts';
import { heldStatuses } from './held-statuses.ts';
import { identifiers } from './identifiers.ts';
import { lines } from './lines.ts';
import { messages } from './messages.ts';
import { newestId } from './newest-id.ts';
import { numbers } from './numbers.ts';
import { otherInstances, ownAppName } from './other-instances.ts';
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

export interface MongoTransferOptions {
  readonly uri: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** For tests that let a write fail. */
  readonly wrap?: (collections: Collections) => Collections;
}

/** The MongoDB store as one side of a migration. */
export async function openMongoTransfer(options: MongoTransferOptions): Promise<TransferStore> {
  const { clock, ids, log, uri } = options;
  const connection = await connect(uri, undefined, { appName: ownAppName });
  const { client, database } = connection;
  const explained = explaining(connection);
  const stored = collectionsOf(database);
  const collections = options.wrap?.(stored) ?? stored;
  const core = createCore({ collections, clock, ids, log });
  try {
    await explained(() => prepareSchema(database, collections));
  } catch (error) {
    await client.close();
    throw error;
  }
  return {
    place: `the database ${database.databaseName}`,
    others: () => explained(() => otherInstances(client)),
    stop: () => client.close(),
    finishBegun: () => explained(() => finishBegun(core)),
    identity: () =>
      explained(async () => ({
        name: (await feedName(collections)).toString('hex'),
        newestId: await findNewestId(core),
      })),
    about: (kind) =>
      explained(() => collections[exchanges[kind].collection].estimatedDocumentCount()),
    read: (kind, after) => explained(() => exchanges[kind].read(core, after)),
    isEmpty: () => explained(() => isEmpty(core)),
    progress: () => explained(() => storedProgress(collections)),
    begin: (progress) => explained(() => storeProgress(collections, progress)),
    take: ({ kind, progress, records }) =>
      explained(async () => {
        if (records.length > 0) await exchanges[kind].write(core, records);
        await storeProgress(collections, progress);
      }),
    finish: () =>
      explained(async () => {
        await collections.settings.deleteOne({ _id: 'feed' });
        await forgetProgress(collections);
      }),
  };
}

/** What fails on the way is told as what hinders a start is. */
function explaining({ client }: Connection) {
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw explainFailure(error, client.options.hosts.map(String));
    }
  };
}

/** Settings are there as soon as a server has started on it. */
async function isEmpty({ collections }: Core): Promise<boolean> {
  const asked = Object.values(exchanges).filter(({ collection }) => collection !== 'settings');
  const found = await Promise.all(
    asked.map(({ collection }) => collections[collection].countDocuments({}, { limit: 1 })),
  );
  return found.every((count) => count === 0);
}
