import { isDeepStrictEqual } from 'node:util';
import { MongoServerError } from 'mongodb';
import type { Db, Document } from 'mongodb';
import { namesOf } from './collections.ts';
import type { Collections } from './collections.ts';

type Kind = 'string' | 'number' | 'object' | 'binData';

/**
 * What every document of a collection has, so that no other program and no slip of a hand puts in something that the
 * inbox cannot read. A newer version may only ask for less: older programs go on writing while it starts.
 */
const required: {
  readonly [Name in keyof Collections]?: Readonly<Record<string, Kind>>;
} = {
  identifiers: { _id: 'string', contactId: 'string' },
  contacts: { _id: 'string', revision: 'number' },
  conversations: { _id: 'string', phoneNumberId: 'string', unread: 'number', revision: 'number' },
  messages: {
    _id: 'string',
    conversationId: 'string',
    phoneNumberId: 'string',
    direction: 'string',
    second: 'number',
    timestamp: 'number',
    content: 'string',
    delivery: 'object',
    revision: 'number',
  },
  lines: { _id: 'string', phoneNumberId: 'string' },
  receipts: { _id: 'string', phoneNumberId: 'string', wamid: 'string', dueAt: 'number' },
  heldStatuses: { _id: 'string', wamidKey: 'string', heldSince: 'number' },
  deliveries: { _id: 'string', receivedAt: 'number', state: 'string', body: 'binData' },
};

/** Not every compatible server knows MongoDB's own alias `number`. */
const bsonTypes: Readonly<Record<Kind, string | readonly string[]>> = {
  string: 'string',
  number: ['int', 'long', 'double'],
  object: 'object',
  binData: 'binData',
};

function validatorOf(fields: Readonly<Record<string, Kind>>): Document {
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, kind]) => [name, { bsonType: bsonTypes[kind] }]),
  );
  return { $jsonSchema: { bsonType: 'object', required: Object.keys(fields), properties } };
}

/** Makes the collections. Safe again, and by several processes at once. */
export async function createValidators(database: Db, collections: Collections): Promise<void> {
  const listed = await database.listCollections().toArray();
  const present = new Map(listed.map((info) => [info.name, 'options' in info ? info.options : {}]));
  for (const name of namesOf(collections)) {
    const { collectionName } = collections[name];
    const fields = required[name];
    const validator = fields === undefined ? undefined : validatorOf(fields);
    const options = present.get(collectionName);
    if (options === undefined) await make(database, collectionName, validator);
    else if (validator !== undefined && !isDeepStrictEqual(options['validator'], validator))
      await change(database, collectionName, validator);
  }
}

const namespaceExists = 48;
const commandNotFound = 59;

async function make(database: Db, name: string, validator: Document | undefined): Promise<void> {
  try {
    await database.createCollection(name, validator === undefined ? {} : { validator });
  } catch (error) {
    // Another process was quicker, with the same.
    if (!hasCode(error, namespaceExists)) throw error;
  }
}

async function change(database: Db, name: string, validator: Document): Promise<void> {
  try {
    await database.command({ collMod: name, validator });
  } catch (error) {
    // A compatible server without it does without validators.
    if (!hasCode(error, commandNotFound)) throw error;
  }
}

function hasCode(error: unknown, code: number): boolean {
  return error instanceof MongoServerError && error.code === code;
}
