import { MongoClient, ReadConcern } from 'mongodb';
import type { Db, DbOptions, MongoClientOptions } from 'mongodb';
import { secondMs } from '../../clock.ts';

/** As servers and their administrators see us. */
export const appName = 'whatsapp-inbox';

/** What the guarantees rest on. */
const guarantees: DbOptions = {
  // What is acknowledged survives the loss of the primary, and of power everywhere at once.
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 5 * secondMs },
  // What was read before a write can be read after it, whichever member is the primary then.
  readConcern: new ReadConcern('majority'),
  readPreference: 'primary',
};

const options: MongoClientOptions = {
  appName,
  // Together with operations.ts: an answer of 503 leaves within 10 s, whatever the network does.
  serverSelectionTimeoutMS: 5 * secondMs,
  connectTimeoutMS: 5 * secondMs,
  socketTimeoutMS: 6 * secondMs,
  waitQueueTimeoutMS: 6 * secondMs,
  // How soon a server that is back is noticed while nobody asks for it.
  heartbeatFrequencyMS: secondMs,
  maxPoolSize: 50,
  ignoreUndefined: true,
  promoteBuffers: true,
};

export function createClient(uri: string, more: MongoClientOptions = {}): MongoClient {
  return new MongoClient(uri, { ...options, ...more });
}

/** Nothing in the address weakens these: of the client itself `journal=false` in it would be taken over them. */
export function databaseOf(client: MongoClient, name?: string): Db {
  return client.db(name, guarantees);
}
