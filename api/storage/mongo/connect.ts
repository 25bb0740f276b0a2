import type { CommandStartedEvent, Db, MongoClient, MongoClientOptions } from 'mongodb';
import { StartError } from '../../errors.ts';
import { createClient, databaseOf } from './client.ts';
import { explainFailure, unusableAddress } from './start-failures.ts';

export interface Connection {
  readonly client: MongoClient;
  readonly database: Db;
}

const defaultDatabase = 'whatsapp_inbox';

/** Connects to a replica set; whatever hinders that is one StartError that says what to do. */
export async function connect(
  uri: string,
  onCommand?: (command: CommandStartedEvent) => void,
  options: Pick<MongoClientOptions, 'appName'> = {},
): Promise<Connection> {
  const client = clientOf(uri, { ...options, monitorCommands: onCommand !== undefined });
  if (onCommand !== undefined) client.on('commandStarted', onCommand);
  try {
    const database = databaseOf(client, databaseNameOf(uri));
    await client.connect();
    refuseUnfit(await database.command({ hello: 1 }));
    // Shows whether the user may read it, which a greeting does not.
    await database.collection('settings').findOne({ _id: { $exists: true } });
    return { client, database };
  } catch (error) {
    await client.close();
    throw explainFailure(error, client.options.hosts.map(String));
  }
}

function clientOf(uri: string, options: MongoClientOptions): MongoClient {
  try {
    return createClient(uri, options);
  } catch (error) {
    throw unusableAddress(error);
  }
}

/** What follows the hosts in the address. */
function databaseNameOf(uri: string): string {
  const name = /^mongodb(?:\+srv)?:\/\/[^/?]*\/([^/?]+)/.exec(uri)?.[1];
  return name === undefined ? defaultDatabase : decodeURIComponent(name);
}

/** What `hello` answers: https://www.mongodb.com/docs/manual/reference/command/hello/ */
interface Greeting {
  readonly setName?: unknown;
  readonly msg?: unknown;
  readonly isreplicaset?: unknown;
  readonly isWritablePrimary?: unknown;
}

function refuseUnfit(greeting: Greeting): void {
  const isRouter = greeting.msg === 'isdbgrid';
  if (isRouter) return;
  if (greeting.isreplicaset === true)
    throw new StartError(
      'The MongoDB server belongs to a replica set that was never begun. Run `rs.initiate()` in mongosh once.',
    );
  if (greeting.setName === undefined)
    throw new StartError(
      'The MongoDB server is a standalone, which has no change streams and so no live updates. Make it a replica set of one: ' +
        'start mongod with --replSet rs0, run `rs.initiate()` in mongosh once, and add ?replicaSet=rs0 to MONGODB_URI.',
    );
  if (greeting.isWritablePrimary !== true)
    throw new StartError(
      'The MongoDB server is not the primary of its replica set. Leave directConnection out of MONGODB_URI, and name the set: ?replicaSet=…',
    );
}
