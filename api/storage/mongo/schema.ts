import { setTimeout as pause } from 'node:timers/promises';
import { MongoServerError } from 'mongodb';
import type { Db } from 'mongodb';
import { StartError } from '../../errors.ts';
import type { Collections } from './collections.ts';
import { addPartsOfNumbers } from './conversations/parts-of-numbers.ts';
import { createIndexes } from './indexes.ts';
import { retryOnDuplicate } from './unique.ts';
import { createValidators } from './validators.ts';

interface Migration {
  /**
   * Brings the documents to this version. Has to be safe again, half done, and by several processes at once, while
   * programs of the version before still read and write.
   */
  readonly run: (collections: Collections) => Promise<void>;
  /** Programs older than this version may not run any more once it has run. @default they may */
  readonly endsOlder?: true;
}

/** Version 1 is the first one: collections, indexes and validators are made at every start anyway. */
export const migrations: readonly Migration[] = [
  { run: () => Promise.resolve() },
  { run: addPartsOfNumbers },
];

interface Version {
  /** Up to here all documents were brought. */
  readonly version: number;
  /** The oldest program that may run. */
  readonly oldest: number;
}

/** Makes the database what this version of the program needs; several processes may do it at once. */
export async function prepareSchema(
  database: Db,
  collections: Collections,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  await refuseForeign(database, collections);
  const { version, oldest } = await readVersion(collections);
  if (oldest > steps.length)
    throw new StartError(
      `The database was brought to version ${oldest} by a newer program, and this one knows ${steps.length}. ` +
        'Start that program, or restore a backup from before the upgrade.',
    );
  await patiently(() => createValidators(database, collections));
  await patiently(() => createIndexes(collections));
  for (const [index, step] of steps.entries()) {
    const next = index + 1;
    if (next <= version) continue;
    await patiently(() => step.run(collections));
    // Never backwards: another process may be further on.
    await collections.settings.updateOne(
      { _id: 'schema', 'value.version': { $lt: next } },
      { $set: { 'value.version': next, ...(step.endsOlder && { 'value.oldest': next }) } },
    );
  }
}

/** The version is the first thing that is ever written, so that a database with other things only is another program's. */
async function refuseForeign(database: Db, collections: Collections): Promise<void> {
  if ((await collections.settings.findOne({ _id: 'schema' })) !== null) return;
  const known = await database.listCollections({}, { nameOnly: true }).toArray();
  const isEmpty = known.every(({ name }) => name.startsWith('system.') || name === 'settings');
  // Looked at again: another process may have begun it meanwhile.
  if (isEmpty || (await collections.settings.findOne({ _id: 'schema' })) !== null) return;
  throw new StartError(
    `The database "${database.databaseName}" holds collections of another program. Name one of its own at the end of MONGODB_URI: mongodb://…/whatsapp_inbox.`,
  );
}

async function readVersion({ settings }: Collections): Promise<Version> {
  const begun: Version = { version: 0, oldest: 0 };
  const document = await retryOnDuplicate(() =>
    settings.findOneAndUpdate(
      { _id: 'schema' },
      { $setOnInsert: { value: begun } },
      { upsert: true, returnDocument: 'after' },
    ),
  );
  const value = document?.value;
  const isVersion =
    typeof value === 'object' && value !== null && 'version' in value && 'oldest' in value;
  return isVersion ? { version: Number(value.version), oldest: Number(value.oldest) } : begun;
}

const triesBesideOthers = 6;
const longestPauseMs = 400;

/** Several processes that make the same at once get into each other's way on some servers; the next try finds it made. */
async function patiently(work: () => Promise<void>): Promise<void> {
  for (let triesLeft = triesBesideOthers - 1; ; triesLeft -= 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof MongoServerError) || triesLeft === 0) throw error;
      await pause(Math.random() * longestPauseMs);
    }
  }
}
