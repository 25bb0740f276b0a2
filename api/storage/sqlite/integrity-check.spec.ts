import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { createTempDirectory } from '../../../test/kit/temp-directory.ts';
import type { TempDirectory } from '../../../test/kit/temp-directory.ts';
import { openDatabase } from './database.ts';
import { startIntegrityCheck } from './integrity-check.ts';

describe('startIntegrityCheck', () => {
  let directory: TempDirectory;
  let path = '';
  beforeEach(async () => {
    directory = await createTempDirectory();
    path = join(directory.path, 'inbox.db');
    const database = openDatabase(path);
    database.exec('CREATE TABLE things (key INTEGER PRIMARY KEY, name TEXT)');
    database.exec('CREATE INDEX things_by_name ON things (name)');
    database.exec('BEGIN');
    for (let n = 0; n < 2_000; n++) {
      database.run('INSERT INTO things (name) VALUES (?)', `Thing ${String(n)}`);
    }
    database.exec('COMMIT');
    database.close();
  });
  afterEach(() => directory.remove());

  const log = pino({ level: 'silent' });

  it('finds nothing in a sound file', async () => {
    const check = startIntegrityCheck({ path, delayMs: 0, log });
    await check.done;
    expect(check.finding).toBe(null);
    await check.stop();
  });

  it('finds damage that opening does not', async () => {
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(4_096, 0x5a), 0, 4_096, 4_096 * 5);
    await file.close();
    openDatabase(path).close();
    const check = startIntegrityCheck({ path, delayMs: 0, log });
    await check.done;
    expect(check.finding).toMatch(/inbox\.db is damaged .*restore the directory from a backup/);
  });

  it('reads beside a connection that writes', async () => {
    const database = openDatabase(path);
    database.exec('PRAGMA journal_mode = WAL');
    const check = startIntegrityCheck({ path, delayMs: 0, log });
    database.run("INSERT INTO things (name) VALUES ('Meanwhile')");
    await check.done;
    expect(check.finding).toBe(null);
    expect(database.get('PRAGMA wal_checkpoint(TRUNCATE)')).toMatchObject({ busy: 0 });
    database.close();
  });

  it('is stopped at any moment, and the process goes on', async () => {
    const database = openDatabase(path);
    database.exec('PRAGMA synchronous = OFF');
    for (let n = 0; n < 2_000; n++) database.exec(`CREATE TABLE more_${String(n)} (name TEXT)`);
    database.close();
    // Any moment: while it starts, while it reads, when it has ended.
    for (let ms = 0; ms < 400; ms += 40) {
      const check = startIntegrityCheck({ path, delayMs: 0, log });
      await pause(ms);
      await check.stop();
      expect(check.finding).toBe(null);
    }
  });

  it('does not begin when it is stopped before', async () => {
    const check = startIntegrityCheck({ path, delayMs: 60_000, log });
    await check.stop();
    await check.done;
    expect(check.finding).toBe(null);
    await check.stop();
  });
});
