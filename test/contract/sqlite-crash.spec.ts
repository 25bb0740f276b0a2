import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { systemClock } from '../../api/clock.ts';
import { createIds } from '../../api/ids.ts';
import { createSqliteStore } from '../../api/storage/sqlite/store.ts';
import type { Store } from '../../api/storage/store.ts';
import { createTempDirectory } from '../kit/temp-directory.ts';
import type { TempDirectory } from '../kit/temp-directory.ts';
import { business, deliver, inbound } from './store/deliveries.ts';
import { chatWith } from './store/reading.ts';

const kit = join(__dirname, '..', 'kit', 'accepting-process.ts');

describe('the embedded store, killed while it accepts', () => {
  let directory: TempDirectory;
  beforeAll(async () => {
    directory = await createTempDirectory();
  });
  afterAll(() => directory.remove());

  /** Lets a process accept until it has acknowledged this many, then kills it outright. */
  async function acceptAndDie(prefix: string, count: number): Promise<string[]> {
    const child = spawn(process.execPath, ['--import', 'tsx', kit, directory.path, prefix], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged: string[] = [];
    const lines = createInterface(child.stdout);
    lines.on('line', (line) => {
      acknowledged.push(line);
      if (acknowledged.length === count) child.kill('SIGKILL');
    });
    await Promise.all([once(child, 'exit'), once(lines, 'close')]);
    return acknowledged;
  }

  async function open(): Promise<Store> {
    const ids = createIds(systemClock);
    const log = pino({ level: 'silent' });
    return createSqliteStore({
      directory: directory.path,
      clock: systemClock,
      ids,
      log,
      checkAfterMs: 0,
    });
  }

  async function countOf(store: Store, search?: { wholeWords: string[]; prefix: string }) {
    let count = 0;
    let after: { second: number; id: string } | undefined;
    for (;;) {
      const { items } = await store.messages.page({
        page: { first: 200, after },
        ...(search === undefined ? {} : { search }),
      });
      const last = items.at(-1);
      if (last === undefined) return count;
      count += items.length;
      after = { second: Math.floor(last.timestamp / 1_000), id: last.id };
    }
  }

  it('has everything that it acknowledged, once, however often it dies', async () => {
    const acknowledged: string[] = [];
    for (const [round, count] of [1, 40, 333, 1_500].entries()) {
      acknowledged.push(...(await acceptAndDie(`r${String(round)}`, count)));
      const store = await open();
      const found = await store.messages.byWamids(business.phoneNumberId, acknowledged);
      expect(found.size).toBe(acknowledged.length);

      // Nothing is half stored: what counts, what is listed and what is found agree.
      const messages = await countOf(store);
      expect(messages).toBeGreaterThanOrEqual(acknowledged.length);
      expect((await chatWith(store, '15555550142')).unreadCount).toBe(messages);
      expect(await countOf(store, { wholeWords: [], prefix: 'text' })).toBe(messages);
      expect((await store.journal.list({ limit: 10, state: 'PENDING' })).length).toBe(0);
      const log = await store.changes.head();
      await deliver(store, ...acknowledged.slice(-20).map((wamid) => inbound(wamid)));
      expect(await store.changes.head()).toBe(log);
      expect(await store.check()).toMatchObject({ ok: true, detail: null });
      await store.stop();
    }
  }, 120_000);
});
