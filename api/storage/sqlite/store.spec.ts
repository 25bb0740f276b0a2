import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  copyFile,
  mkdir,
  readdir,
  readFile,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { createFakeClock } from '../../../test/kit/clock.ts';
import { createTempDirectory } from '../../../test/kit/temp-directory.ts';
import type { TempDirectory } from '../../../test/kit/temp-directory.ts';
import { deliver, inbound, nine } from '../../../test/contract/store/deliveries.ts';
import { StartError, StoreUnavailableError } from '../../errors.ts';
import { createIds } from '../../ids.ts';
import { createMetrics } from '../../metrics.ts';
import type { Store } from '../store.ts';
import { openDatabase } from './database.ts';
import { openFiles } from './open-files.ts';
import { createSqliteStore, createStoreOn } from './store.ts';
import type { SqliteStoreOptions } from './store.ts';

describe('createSqliteStore', () => {
  let directory: TempDirectory;
  const opened: Store[] = [];
  beforeEach(async () => {
    directory = await createTempDirectory();
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.stop();
    await directory.remove();
  });

  function optionsFor(path: string): SqliteStoreOptions {
    const clock = createFakeClock();
    return { directory: path, clock, ids: createIds(clock), log: pino({ level: 'silent' }) };
  }

  async function open(path = directory.path, others: Partial<SqliteStoreOptions> = {}) {
    const store = await createSqliteStore({ ...optionsFor(path), ...others });
    opened.push(store);
    return store;
  }

  const main = () => join(directory.path, 'inbox.db');

  it('makes its directory, which nobody else may read', async () => {
    const path = join(directory.path, 'data', 'inbox');
    await open(path);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect((await readdir(path)).sort()).toContain('inbox.db');
  });

  it('writes so that a power cut loses nothing that was acknowledged', () => {
    const files = openFiles(directory.path);
    expect(files.database.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(files.database.get('PRAGMA synchronous')).toEqual({ synchronous: 2 });
    expect(files.database.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
    files.close();
  });

  it('refuses a second one on the same directory, and says what to do', async () => {
    await open();
    await expect(open()).rejects.toBeInstanceOf(StartError);
    await expect(open()).rejects.toThrow(directory.path);
    await expect(open()).rejects.toThrow(
      /in use by another process. Stop it first, or set DATA_DIR/,
    );
  });

  it('refuses another process, until that one is gone, however it went', async () => {
    const path = join(directory.path, 'lock.db');
    const holder = spawn(process.execPath, [
      '-e',
      `const database = new (require('libsql'))(${JSON.stringify(path)});
       database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
       console.log('held'); setInterval(() => {}, 1000);`,
    ]);
    await once(holder.stdout, 'data');
    await expect(open()).rejects.toThrow(/in use by another process/);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(await (await open()).check()).toMatchObject({ ok: true });
  });

  it('opens again at once after it was stopped', async () => {
    for (let n = 0; n < 3; n++) await (await open()).stop();
    expect((await open()).kind).toBe('EMBEDDED');
  });

  it.each([
    ['is a file', async (path: string) => writeFile(path, 'x')],
    ['lies under a file', async (path: string) => writeFile(join(path, '..', 'file'), 'x')],
  ])('says so when the directory %s', async (name, make) => {
    const path = join(directory.path, name === 'is a file' ? 'data' : 'file/data');
    await make(join(directory.path, 'data'));
    await expect(open(path)).rejects.toBeInstanceOf(StartError);
    await expect(open(path)).rejects.toThrow(path);
    await expect(open(path)).rejects.toThrow(/DATA_DIR/);
  });

  it('says so when a file cannot be written', async () => {
    await mkdir(main());
    await expect(open()).rejects.toThrow(/inbox\.db cannot be opened for writing .*write access/);
    await expect(open()).rejects.toBeInstanceOf(StartError);
  });

  const isRoot = process.getuid?.() === 0;
  (isRoot ? it.skip : it)('says so when the directory is read-only', async () => {
    await chmod(directory.path, 0o500);
    await expect(open()).rejects.toThrow(/write access/);
    await chmod(directory.path, 0o700);
  });

  it.each([
    ['something else', async (path: string) => writeFile(path, 'not a database '.repeat(1_000))],
    [
      'a header and rubbish',
      async (path: string) => {
        const header = (await readFile(path)).subarray(0, 100);
        await writeFile(path, Buffer.concat([header, Buffer.alloc(40_000, 0xab)]));
      },
    ],
    ['a cut file', async (path: string) => truncate(path, 5_000)],
  ])('says so when the file is damaged: %s', async (_, damage) => {
    await (await open()).stop();
    await damage(main());
    await expect(open()).rejects.toBeInstanceOf(StartError);
    await expect(open()).rejects.toThrow(
      /inbox\.db is damaged .*Restore the directory from a backup/,
    );
  });

  it('lets go of the directory when it could not be opened', async () => {
    await writeFile(main(), 'not a database '.repeat(1_000));
    await expect(open()).rejects.toThrow(/damaged/);
    await writeFile(main(), '');
    expect(await (await open()).check()).toMatchObject({ ok: true });
  });

  it('takes up what a process left in the log when it died', async () => {
    const source = join(directory.path, 'a');
    const copy = join(directory.path, 'b');
    const store = await open(source);
    await deliver(store, inbound('w1'), inbound('w2'));
    await mkdir(copy);
    // As a crash leaves it: nothing checkpointed, nothing closed.
    for (const name of ['inbox.db', 'inbox.db-wal']) {
      await writeFile(join(copy, name), await readFile(join(source, name)));
    }
    const recovered = await open(copy);
    expect((await recovered.messages.page({ page: { last: 5 } })).items).toHaveLength(2);
  });

  it('answers that it cannot be written while the disk is full, and goes on by itself', async () => {
    const files = openFiles(directory.path);
    const store = createStoreOn(files, optionsFor(directory.path));
    opened.push(store);
    await deliver(store, inbound('w1'));
    const { page_count: pages } =
      files.database.get<{ page_count: number }>('PRAGMA page_count') ?? {};
    files.database.exec(`PRAGMA max_page_count = ${String(pages)}`);
    const large = { receivedAt: nine, body: Buffer.alloc(300_000), elements: [inbound('w2')] };
    await expect(store.journal.accept(large)).rejects.toBeInstanceOf(StoreUnavailableError);
    // What is small still finds room; the next large one would be refused all the same.
    const { ok, detail } = await store.check();
    expect([ok, detail]).toEqual([true, expect.stringMatching(/write failed .*\(.*full.*\)/)]);
    await expect(store.journal.accept(large)).rejects.toThrow(/full/);
    const page = await store.messages.page({ page: { last: 5 } });
    expect(page.items.map(({ wamid }) => wamid)).toEqual(['w1']);
    files.database.exec('PRAGMA max_page_count = 1000000');
    expect(await store.journal.accept(large)).toMatchObject({ state: 'DONE' });
    expect(await store.check()).toMatchObject({ ok: true });
    expect((await store.journal.list({ limit: 5 })).length).toBe(2);
  });

  it('measures each operation by name', async () => {
    const metrics = createMetrics();
    const store = await open(directory.path, { metrics });
    await deliver(store, inbound('w1'));
    const { values } = await metrics.storeSeconds.get();
    const count = values.find(
      ({ labels, metricName }) =>
        labels.operation === 'journal.accept' && metricName === 'whatsapp_store_seconds_count',
    );
    expect(count?.value).toBe(1);
  });

  it('has everything in its one file when it was stopped', async () => {
    await deliver(await open(), inbound('w1'));
    await opened.pop()?.stop();
    const copy = join(directory.path, 'backup.db');
    await copyFile(main(), copy);
    const database = openDatabase(copy);
    expect(database.get('SELECT count(*) AS n FROM messages')).toEqual({ n: 1 });
    database.close();
  });
});
