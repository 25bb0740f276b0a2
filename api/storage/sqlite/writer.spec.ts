import { join } from 'node:path';
import { createTempDirectory } from '../../../test/kit/temp-directory.ts';
import type { TempDirectory } from '../../../test/kit/temp-directory.ts';
import { StoreUnavailableError } from '../../errors.ts';
import { openDatabase } from './database.ts';
import type { Database } from './database.ts';
import { createSavepoints } from './savepoints.ts';
import { createWriter } from './writer.ts';
import type { Writer } from './writer.ts';

describe('createWriter', () => {
  let directory: TempDirectory;
  let database: Database;
  let writer: Writer;
  let commits = 0;
  beforeEach(async () => {
    directory = await createTempDirectory();
    database = openDatabase(join(directory.path, 'test.db'));
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE things (name TEXT PRIMARY KEY)');
    commits = 0;
    const search = { add: noop, mark: () => 0, rollBackTo: noop, flush: noop };
    const savepoints = createSavepoints({ database, search });
    writer = createWriter({ database, savepoints, search }, () => {
      commits += 1;
    });
  });
  afterEach(async () => {
    await writer.stop();
    database.close();
    await directory.remove();
  });

  const add = (name: string) => {
    database.run('INSERT INTO things (name) VALUES (?)', name);
    return name;
  };
  const names = () =>
    database.all<{ name: string }>('SELECT name FROM things ORDER BY name').map(({ name }) => name);

  it('writes in one transaction what is asked for in one turn', async () => {
    const written = await Promise.all(['a', 'b', 'c'].map((name) => writer.write(() => add(name))));
    expect(written).toEqual(['a', 'b', 'c']);
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(commits).toBe(1);
  });

  it('answers only after the commit', async () => {
    const states: boolean[] = [];
    await writer
      .write(() => add('a'))
      .then(() => states.push(database.isInTransaction, commits === 1));
    expect(states).toEqual([false, true]);
  });

  it('undoes work that fails, and nothing of its neighbours', async () => {
    const results = await Promise.allSettled([
      writer.write(() => add('a')),
      writer.write(() => {
        add('half');
        throw new RangeError('Not this one');
      }),
      writer.write(() => add('a')),
      writer.write(() => add('b')),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(results[1]).toMatchObject({ reason: { message: 'Not this one' } });
    expect(results[2]).toMatchObject({ reason: { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' } });
    expect(names()).toEqual(['a', 'b']);
  });

  it('goes on in order with what comes while it writes', async () => {
    const order: string[] = [];
    const first = writer.write(() => add('a')).then((name) => order.push(name));
    const nested = first.then(() => writer.write(() => add('b')).then((name) => order.push(name)));
    await Promise.all([
      first,
      writer.write(() => add('c')).then((name) => order.push(name)),
      nested,
    ]);
    expect(order).toEqual(['a', 'c', 'b']);
  });

  it('lets the event loop have its turn while much waits', async () => {
    let turns = 0;
    const count = () => {
      turns += 1;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    const busy = (name: string) => {
      const until = performance.now() + 2;
      while (performance.now() < until);
      return add(name);
    };
    await Promise.all(Array.from({ length: 60 }, (_, n) => writer.write(() => busy(String(n)))));
    clearImmediate(timer);
    expect(commits).toBeGreaterThan(3);
    expect(turns).toBeGreaterThan(3);
    expect(names()).toHaveLength(60);
  });

  it('rejects all of a batch when the disk is full, stores nothing of it, and goes on by itself', async () => {
    const pages = database.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;
    database.exec(`PRAGMA max_page_count = ${String(pages)}`);
    const results = await Promise.allSettled([
      writer.write(() => add('small')),
      writer.write(() => add('x'.repeat(200_000))),
      writer.write(() => add('after')),
    ]);
    for (const result of results) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { name: 'StoreUnavailableError' },
      });
    }
    expect(names()).toEqual([]);
    expect(writer.lastFailure).toMatch(/full/);
    database.exec('PRAGMA max_page_count = 1000000');
    await writer.write(() => add('again'));
    expect(writer.lastFailure).toBe(null);
    expect(names()).toEqual(['again']);
  });

  it('rejects what was thrown although it is no error', async () => {
    const odd = writer.write(() => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a careless library may do
      throw 'just text';
    });
    await expect(odd).rejects.toThrow('just text');
  });

  it('finishes what waits when it stops, and refuses what comes after', async () => {
    const waiting = [writer.write(() => add('a')), writer.write(() => add('b'))];
    await writer.stop();
    await expect(Promise.all(waiting)).resolves.toEqual(['a', 'b']);
    await expect(writer.write(() => add('c'))).rejects.toBeInstanceOf(StoreUnavailableError);
    await writer.stop();
    expect(names()).toEqual(['a', 'b']);
  });
});

function noop(): void {
  // The writer is looked at without a search index.
}
