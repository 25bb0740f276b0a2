import { MongoServerError } from 'mongodb';
import type { Db, Document } from 'mongodb';
import type { Query } from './mongo-queries.ts';

/** How a server would go about a query. */
export interface Plan {
  readonly readsAll: boolean;
  /** Null: this server's plans do not say it. */
  readonly sorts: boolean | null;
}

const commandNotFound = 59;

/** Null where the server does not explain. */
export async function planOf(database: Db, query: Query): Promise<Plan | null> {
  const { collection, filter, sort } = query;
  const order = sort.length === 0 ? {} : { sort: new Map(sort) };
  const find = { find: collection, filter, ...order };
  try {
    return read(await database.command({ explain: find, verbosity: 'queryPlanner' }), query);
  } catch (error) {
    if (error instanceof MongoServerError && error.code === commandNotFound) return null;
    throw error;
  }
}

function read(explained: Document, { filter }: Query): Plan {
  const stages = valuesOf('stage', explained);
  if (stages.length > 0)
    return { readsAll: stages.includes('COLLSCAN'), sorts: stages.includes('SORT') };
  // DocumentDB says which indexes PostgreSQL takes; over `_id_` it reads all where nothing is asked of _id. It has no
  // index that gives an order, and sorts what the others find.
  const indexes = valuesOf('Index Name', explained);
  const asksForId = JSON.stringify(filter).includes('"_id"');
  return { readsAll: indexes.every((name) => name === '_id_') && !asksForId, sorts: null };
}

/** Everything that stands under this key, however deep. */
function valuesOf(key: string, inside: unknown): unknown[] {
  if (typeof inside !== 'object' || inside === null) return [];
  return Object.entries(inside).flatMap(([name, value]: [string, unknown]) =>
    name === key ? [value] : valuesOf(key, value),
  );
}
