import { join } from 'node:path';
import { createTempDirectory } from '../../../test/kit/temp-directory.ts';
import type { TempDirectory } from '../../../test/kit/temp-directory.ts';
import { blobToBuffer, DatabaseError, isStorageFailure, openDatabase } from './database.ts';
import type { Database, SqlValue } from './database.ts';

describe('openDatabase', () => {
  let directory: TempDirectory;
  let database: Database;
  beforeEach(async () => {
    directory = await createTempDirectory();
    database = openDatabase(join(directory.path, 'test.db'));
    database.exec('CREATE TABLE things (key INTEGER PRIMARY KEY, value, name TEXT UNIQUE)');
  });
  afterEach(async () => {
    database.close();
    await directory.remove();
  });

  /** What comes back of a value, and what SQLite takes it for. */
  function stored(value: SqlValue) {
    const { lastId } = database.run('INSERT INTO things (value) VALUES (?)', value);
    return database.get<{ value: unknown; type: string }>(
      'SELECT value, typeof(value) AS type FROM things WHERE key = ?',
      lastId,
    );
  }

  it.each<[string, SqlValue, { value: unknown; type: string }]>([
    ['text', 'Léa 👍', { value: 'Léa 👍', type: 'text' }],
    ['a whole number', 42, { value: 42, type: 'integer' }],
    [
      'the largest exact whole number',
      Number.MAX_SAFE_INTEGER,
      { value: Number.MAX_SAFE_INTEGER, type: 'integer' },
    ],
    ['a negative number', -7, { value: -7, type: 'integer' }],
    ['a fraction', 12.5, { value: 12.5, type: 'real' }],
    ['a big whole number', 4_398_046_511_104n, { value: 4_398_046_511_104, type: 'integer' }],
    ['true', true, { value: 1, type: 'integer' }],
    ['false', false, { value: 0, type: 'integer' }],
    ['nothing', null, { value: null, type: 'null' }],
  ])('keeps %s', (_, value, back) => {
    expect(stored(value)).toEqual(back);
  });

  it('keeps bytes, also as a part of a larger buffer', () => {
    const bytes = Buffer.from([0, 255, 1, 254]);
    for (const value of [
      bytes,
      new Uint8Array(Buffer.concat([bytes, bytes]).buffer).subarray(0, 0),
      Buffer.concat([Buffer.from('x'), bytes]).subarray(1),
    ]) {
      const row = stored(value);
      expect(row?.type).toBe('blob');
      expect(blobToBuffer(row?.value as ArrayBuffer)).toEqual(Buffer.from(value));
    }
  });

  it('keeps text whole that holds a NUL, without the NUL', () => {
    expect(stored('before\0after')?.value).toBe('beforeafter');
  });

  it('takes text with half a character', () => {
    expect(stored('a\ud800b')?.value).toBe('a\ufffdb');
  });

  it.each([[undefined], [Number.NaN], [Number.POSITIVE_INFINITY], [Symbol('x')], [() => 1], [{}]])(
    'refuses %p instead of storing something else, or dying of it',
    (value) => {
      const odd = value as unknown as SqlValue;
      expect(() => database.run('INSERT INTO things (value) VALUES (?)', odd)).toThrow(TypeError);
    },
  );

  it('gives rows that hold their columns and nothing else', () => {
    stored('x');
    expect(database.get('SELECT key, value FROM things')).toEqual({ key: 1, value: 'x' });
    expect(database.all('SELECT key, value FROM things')).toEqual([{ key: 1, value: 'x' }]);
    expect(database.get('SELECT key FROM things WHERE key = 9')).toBe(undefined);
  });

  it('says how many rows changed, and the last key', () => {
    expect(database.run("INSERT INTO things (value) VALUES ('a'), ('b')")).toEqual({
      changes: 2,
      lastId: 2,
    });
    expect(database.run('UPDATE things SET value = NULL').changes).toBe(2);
    expect(database.run('DELETE FROM things WHERE key = 9').changes).toBe(0);
  });

  it('compares bound whole numbers as whole numbers, also in an expression', () => {
    expect(database.get('SELECT ? = 1 AS same, ? / 2 AS half', 1, 7)).toEqual({ same: 1, half: 3 });
  });

  it('leaves no reader behind that would keep the log from being cut back', () => {
    database.exec('PRAGMA journal_mode = WAL');
    stored('a');
    stored('b');
    database.get('SELECT * FROM things');
    expect(database.get('PRAGMA wal_checkpoint(TRUNCATE)')).toMatchObject({ busy: 0, log: 0 });
  });

  it('knows whether a transaction is open', () => {
    expect(database.isInTransaction).toBe(false);
    database.run('BEGIN');
    expect(database.isInTransaction).toBe(true);
    database.run('ROLLBACK');
    expect(database.isInTransaction).toBe(false);
  });

  it('does not take a broken unique key for a failure of the storage', () => {
    const insert = () => database.run("INSERT INTO things (name) VALUES ('a')");
    insert();
    expect(isStorageFailure(failureOf(insert))).toBe(false);
    expect(isStorageFailure(failureOf(() => database.run('nonsense')))).toBe(false);
  });

  it('tells a full disk from mistakes of ours', () => {
    database.exec('PRAGMA max_page_count = 4');
    const failure = failureOf(() => stored('x'.repeat(100_000)));
    expect(failure).toBeInstanceOf(DatabaseError);
    expect(failure).toMatchObject({ code: 'SQLITE_FULL' });
    expect(isStorageFailure(failure)).toBe(true);
    expect(isStorageFailure(failureOf(() => database.run('nonsense')))).toBe(false);
  });

  it('says why a file cannot be opened', () => {
    const failure = failureOf(() => openDatabase(join(directory.path, 'missing', 'x.db')));
    expect(failure).toMatchObject({ code: 'SQLITE_CANTOPEN' });
    expect(isStorageFailure(failure)).toBe(true);
  });

  it('closes twice without complaint', () => {
    database.close();
    database.close();
  });
});

function failureOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail');
}
