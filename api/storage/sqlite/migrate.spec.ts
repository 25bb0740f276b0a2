import { join } from 'node:path';
import { createTempDirectory } from '../../../test/kit/temp-directory.ts';
import type { TempDirectory } from '../../../test/kit/temp-directory.ts';
import { StartError } from '../../errors.ts';
import { openDatabase } from './database.ts';
import type { Database } from './database.ts';
import { tailsOf } from '../../contacts/phone-number.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/migrations.ts';

describe('migrate', () => {
  let directory: TempDirectory;
  let database: Database;
  let path = '';
  beforeEach(async () => {
    directory = await createTempDirectory();
    path = join(directory.path, 'inbox.db');
    database = openDatabase(path);
  });
  afterEach(async () => {
    database.close();
    await directory.remove();
  });

  const schema = () => database.all('SELECT type, name, sql FROM sqlite_schema ORDER BY name');
  const version = () => database.get('PRAGMA user_version');
  const feed = () => database.get("SELECT value FROM settings WHERE name = 'feed'");

  it('brings an empty file to the present version', () => {
    migrate(database, path);
    expect(version()).toEqual({ user_version: migrations.length });
    expect(database.get('SELECT count(*) AS n FROM messages')).toEqual({ n: 0 });
  });

  it('changes nothing when it is there already', () => {
    migrate(database, path);
    const before = [schema(), feed()];
    migrate(database, path);
    expect([schema(), feed()]).toEqual(before);
  });

  it('gives each file a log of its own', async () => {
    migrate(database, path);
    const other = openDatabase(join(directory.path, 'other.db'));
    migrate(other, path);
    expect(other.get("SELECT value FROM settings WHERE name = 'feed'")).not.toEqual(feed());
    other.close();
    await Promise.resolve();
  });

  it('refuses a file of a newer version, and leaves it alone', () => {
    migrate(database, path);
    database.exec(`PRAGMA user_version = ${String(migrations.length + 1)}`);
    expect(() => {
      migrate(database, path);
    }).toThrow(StartError);
    expect(() => {
      migrate(database, path);
    }).toThrow(/newer version.*Start that version, or restore a backup/s);
    expect(version()).toEqual({ user_version: migrations.length + 1 });
  });

  it('refuses the database of another program', () => {
    database.exec('CREATE TABLE invoices (id INTEGER)');
    expect(() => {
      migrate(database, path);
    }).toThrow(/another program.*DATA_DIR/s);
    expect(database.get('SELECT count(*) AS n FROM sqlite_schema')).toEqual({ n: 1 });
  });

  it('lets people of before be found by every part of their numbers', () => {
    database.exec(migrations[0] ?? '');
    database.exec(`PRAGMA user_version = 1`);
    database.exec(`
      INSERT INTO contacts (key, id) VALUES (1, 'cnt_1');
      INSERT INTO identifiers (kind, value, contact) VALUES ('phone', '447700900123', 1), ('user', 'GB.1', 1);
      INSERT INTO contact_words (word, contact) VALUES ('447700900123', 1);
      INSERT INTO settings (name, value) VALUES ('feed', 'x');
      PRAGMA application_id = 0x5761496e;
    `);
    migrate(database, path);
    const words = database
      .all<{ word: string }>('SELECT word FROM contact_words')
      .map(({ word }) => word);
    expect(words.sort()).toEqual(tailsOf('447700900123').sort());
  });

  it('happens wholly or not at all', () => {
    database.exec('PRAGMA max_page_count = 20');
    expect(() => {
      migrate(database, path);
    }).toThrow(/full/);
    expect(database.isInTransaction).toBe(false);
    expect(schema()).toEqual([]);
    database.exec('PRAGMA max_page_count = 100000');
    migrate(database, path);
    expect(version()).toEqual({ user_version: migrations.length });
  });
});
