import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartError, StoreInUseError } from '../../errors.ts';
import { DatabaseError, openDatabase } from './database.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';

export interface OpenFiles {
  readonly database: Database;
  readonly path: string;
  close(): void;
}

/** Where everything is, in a data directory. */
const mainFile = 'inbox.db';

/** Opens the files of a data directory for this process alone, or says what to mend. */
export function openFiles(
  directory: string,
  { mustExist = false }: { readonly mustExist?: boolean } = {},
): OpenFiles {
  // A new one would be empty, which is no help to whoever mistyped the name.
  if (mustExist && !existsSync(join(directory, mainFile))) {
    throw new StartError(
      `There is no store at ${directory}. Set DATA_DIR to that of the server, or start the server first.`,
    );
  }
  makeDirectory(directory);
  const lock = takeLock(directory);
  const path = join(directory, mainFile);
  try {
    const database = openMain(path);
    return {
      database,
      path,
      close() {
        foldLog(database);
        database.close();
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** So that the main file alone is everything: a copy of it is a backup. */
function foldLog(database: Database): void {
  try {
    database.get('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // Full or broken disk: the log stays and is taken up at the next start.
  }
}

function makeDirectory(directory: string): void {
  try {
    makeWithParents(directory);
  } catch (cause) {
    throw new StartError(
      `The data directory ${directory} cannot be made (${messageOf(cause)}). Set DATA_DIR to a directory that this user may write.`,
      { cause },
    );
  }
}

// Node's own `recursive` never returns where a file system refuses new entries as not found (/proc).
function makeWithParents(directory: string): void {
  if (existsSync(directory)) return;
  makeWithParents(dirname(directory));
  mkdirSync(directory, { mode: 0o700 });
}

/**
 * A database of its own that stays locked as long as this process lives. The operating system lets
 * go of the lock when the process dies, however it dies.
 */
function takeLock(directory: string): Database {
  const path = join(directory, 'lock.db');
  let lock: Database | null = null;
  try {
    lock = openDatabase(path);
    lock.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock?.close();
    if (cause instanceof DatabaseError && cause.code.startsWith('SQLITE_BUSY')) {
      throw new StoreInUseError(
        `The data directory ${directory} is in use by another process. Stop it first, or set DATA_DIR to another directory.`,
        { cause },
      );
    }
    throw unusable(path, cause);
  }
}

function openMain(path: string): Database {
  let database: Database | null = null;
  try {
    database = openDatabase(path);
    // FULL: what was committed survives a power cut. The log is cut back to 64 MiB after a peak.
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -65536;
      PRAGMA journal_size_limit = 67108864;
    `);
    migrate(database, path);
    proveWritable(database);
    return database;
  } catch (cause) {
    database?.close();
    throw cause instanceof StartError ? cause : unusable(path, cause);
  }
}

/** A file that can be read but not written would only show itself with the first customer. */
function proveWritable(database: Database): void {
  database.run(
    "INSERT INTO settings (name, value) VALUES ('opened', '1') ON CONFLICT DO UPDATE SET value = value + 1",
  );
}

function unusable(path: string, cause: unknown): StartError {
  const reason = messageOf(cause);
  const code = cause instanceof DatabaseError ? cause.code : '';
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
    return new StartError(
      `${path} is damaged (${reason}). Restore the directory from a backup, or move it away to start empty.`,
      { cause },
    );
  }
  if (code.startsWith('SQLITE_FULL')) {
    return new StartError(`There is no room on the disk of ${path}. Free some and start again.`, {
      cause,
    });
  }
  return new StartError(
    `${path} cannot be opened for writing (${reason}). Give this user write access to its directory, or set DATA_DIR to another one.`,
    { cause },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
