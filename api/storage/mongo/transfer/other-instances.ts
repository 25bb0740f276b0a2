import { MongoServerError } from 'mongodb';
import type { MongoClient } from 'mongodb';
import type { TransferStore } from '../../transfer/transfer.ts';
import { appName } from '../client.ts';

/** How connections of a migration call themselves, so that they are told from those of servers. */
export const ownAppName = `${appName}-migrate`;

/**
 * Whether connections of servers are seen, of this database or another one at the same MongoDB: idle ones do not say which
 * they use. Not every user and not every compatible server may look.
 */
export async function otherInstances(client: MongoClient): Promise<Others> {
  for (const allUsers of [true, false]) {
    try {
      const connections = await client
        .db('admin')
        .aggregate([{ $currentOp: { allUsers, idleConnections: true } }])
        .toArray();
      const others = othersAmong(connections.map((connection): unknown => connection['appName']));
      if (others === 'some' || allUsers) return others;
    } catch (error) {
      if (!(error instanceof MongoServerError)) throw error;
    }
  }
  return 'unknown';
}

type Others = Awaited<ReturnType<TransferStore['others']>>;

/** By the names of all connections that are seen: who does not see its own does not see others either. */
export function othersAmong(names: readonly unknown[]): Others {
  if (names.includes(appName)) return 'some';
  return names.includes(ownAppName) ? 'none' : 'unknown';
}
