import { randomBytes } from 'node:crypto';
import { StartError } from '../../errors.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations/migrations.ts';

/** "WaIn": marks the file as ours. */
const applicationId = 0x5761496e;

/** Brings the schema up to this program's version, in one transaction: wholly or not at all. */
export function migrate(database: Database, path: string): void {
  const version = readPragma(database, 'user_version');
  refuseForeign(database, version, path);
  if (version > migrations.length) {
    throw new StartError(
      `${path} was written by a newer version of this program (schema ${version}, known here: ${migrations.length}). ` +
        'Start that version, or restore a backup from before the upgrade.',
    );
  }
  if (version === migrations.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of migrations.slice(version)) database.exec(migration);
    if (version === 0) nameFeed(database);
    database.exec(`PRAGMA application_id = ${applicationId}`);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isInTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function refuseForeign(database: Database, version: number, path: string): void {
  const known = readPragma(database, 'application_id');
  const tables = database.get<{ n: number }>('SELECT count(*) AS n FROM sqlite_schema');
  const isOurs = known === applicationId || (known === 0 && version === 0 && tables?.n === 0);
  if (isOurs) return;
  throw new StartError(
    `${path} is a database of another program. Point DATA_DIR at a directory of its own.`,
  );
}

function readPragma(database: Database, name: 'user_version' | 'application_id'): number {
  return database.get<Record<string, number>>(`PRAGMA ${name}`)?.[name] ?? 0;
}

/** Cursors name the log they belong to: those of another file are unknown here. */
export function nameFeed(database: Database): void {
  database.run(
    "INSERT INTO settings (name, value) VALUES ('feed', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    randomBytes(6).toString('base64url'),
  );
}
