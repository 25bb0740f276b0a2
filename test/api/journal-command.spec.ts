import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { openStore } from '../../api/app.ts';
import { systemClock } from '../../api/clock.ts';
import type { Config } from '../../api/config.ts';
import { createIds } from '../../api/ids.ts';
import { createMetrics } from '../../api/metrics.ts';
import { runJournalCommand } from '../../api/webhook/command/run.ts';
import { createTempDirectory } from '../kit/temp-directory.ts';
import { startTestApp, testConfig } from '../kit/test-app.ts';
import type { TestApp } from '../kit/test-app.ts';
import { fromAmara, textOfAmara, webhookFixture } from '../kit/webhook-bodies.ts';

const unknownId = 'dlv_01JDN8Z3K4ABCDEFGHJKMNPQRS';

interface Ran {
  readonly code: number;
  readonly printed: string;
  readonly complained: string;
}

async function run(config: Config, ...given: readonly string[]): Promise<Ran> {
  let printed = '';
  let complained = '';
  const code = await runJournalCommand(given, {
    config: () => config,
    openStore: (settings) =>
      openStore(settings, {
        clock: systemClock,
        ids: createIds(systemClock),
        log: pino({ level: 'silent' }),
        metrics: createMetrics(),
        mustExist: true,
      }),
    output: {
      print: (text) => void (printed += text),
      complain: (text) => void (complained += text),
      columns: null,
    },
  });
  return { code, printed, complained };
}

/** The settings by which the command finds the server that runs. */
function settingsOf(app: TestApp, apiKey = app.config.http.apiKey): Config {
  const port = Number(new URL(app.url).port);
  return { ...app.config, http: { ...app.config.http, port, apiKey } };
}

const runJson = async (config: Config, ...given: readonly string[]): Promise<unknown> =>
  JSON.parse((await run(config, ...given, '--json')).printed);

async function newestId(config: Config): Promise<string> {
  const [newest] = (await runJson(config, 'list', '--limit', '1')) as { id: string }[];
  return newest?.id ?? '';
}

let app: TestApp;
afterEach(() => app.close());

describe.each([
  ['the store, while no server runs', { isServed: false, apiKey: null }],
  ['the server that runs', { isServed: true, apiKey: null }],
  ['the server that runs, with its key', { isServed: true, apiKey: 'a-key-of-many-letters' }],
])('the journal command, from %s,', (_what, { isServed, apiKey }) => {
  let config: Config;
  beforeEach(async () => {
    app = await startTestApp({ http: { apiKey } });
    await app.deliver(webhookFixture('text'));
    await app.deliver(fromAmara(textOfAmara({ timestamp: 'x' })));
    await app.fetch('/plugins/whatsapp/webhook', { method: 'POST', body: '{}' });
    config = settingsOf(app);
    if (!isServed) await app.stop();
  });

  it('lists deliveries', async () => {
    const all = (await runJson(config, 'list')) as { id: string }[];
    expect(all).toMatchObject([
      { state: 'SET_ASIDE', verdicts: [{ result: 'SET_ASIDE' }] },
      {
        state: 'DONE',
        size_bytes: webhookFixture('text').length,
        verdicts: [{ result: 'APPLIED' }],
      },
    ]);
    expect(await runJson(config, 'list', '--state', 'DONE')).toEqual([all[1]]);
    expect(await runJson(config, 'list', '--before', all[0]?.id ?? '')).toEqual([all[1]]);

    const table = await run(config, 'list');
    expect(table).toMatchObject({ code: 0, complained: '' });
    expect(table.printed).toContain('1 set aside: timestamp: is not a time in unix seconds');
  });

  it('shows a delivery with its body', async () => {
    const [, oldest] = (await runJson(config, 'list')) as { id: string }[];
    const shown = await runJson(config, 'show', oldest?.id ?? '');
    expect(shown).toEqual({ ...oldest, body: webhookFixture('text').toString() });
    const page = await run(config, 'show', oldest?.id ?? '');
    expect(page.printed).toContain('"body": "Hi, is the oak side table still in stock?"');
  });

  it('replays a delivery', async () => {
    const [, oldest] = (await runJson(config, 'list')) as { id: string }[];
    expect(await runJson(config, 'replay', oldest?.id ?? '')).toMatchObject({
      id: oldest?.id,
      verdicts: [{ result: 'REPEATED' }],
    });
  });

  it('lists refusals with the reason', async () => {
    expect(await runJson(config, 'rejections')).toMatchObject([
      { status: 401, reason: 'The X-Hub-Signature-256 header is missing', times: 1 },
    ]);
  });

  it.each([['show'], ['replay']])('says that there is nothing to %s', async (name) => {
    expect(await run(config, name, unknownId)).toEqual({
      code: 1,
      printed: '',
      complained: expect.stringContaining('There is no such delivery') as unknown,
    });
  });
});

describe('the journal command', () => {
  it('applies what was set aside for a number that the settings name by now', async () => {
    app = await startTestApp({ whatsapp: { phoneNumberIds: ['777'] } });
    await app.deliver(webhookFixture('text'));
    await app.stop();
    const { whatsapp } = app.config;
    const config = {
      ...app.config,
      whatsapp: { ...whatsapp, phoneNumberIds: ['331190077250416'] },
    };
    expect(await runJson(config, 'replay', await newestId(config))).toMatchObject({
      state: 'DONE',
      verdicts: [{ result: 'APPLIED' }],
    });
  });

  it('asks for the key of the server', async () => {
    app = await startTestApp({ http: { apiKey: 'a-key-of-many-letters' } });
    await expect(run(settingsOf(app, null), 'list')).rejects.toThrow(/wants its key. Set API_KEY/);
    await expect(run(settingsOf(app, 'another-key'), 'list')).rejects.toThrow(/Set API_KEY/);
  });

  it('says which setting is wrong when the store is open and no server answers', async () => {
    app = await startTestApp();
    const http = { ...app.config.http, port: 9 };
    await expect(run({ ...app.config, http }, 'list')).rejects.toThrow(
      /no server answers at http:\/\/127.0.0.1:9. Set HOST and PORT/,
    );
  });

  it('makes no store where there is none', async () => {
    app = await startTestApp();
    const directory = join(app.directory, 'mistyped');
    await expect(run(testConfig(directory), 'list')).rejects.toThrow(`no store at ${directory}`);
    expect(existsSync(directory)).toBe(false);
    mkdirSync(directory);
    await expect(run(testConfig(directory), 'list')).rejects.toThrow(`no store at ${directory}`);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('finds a server that listens on every address', async () => {
    app = await startTestApp();
    const { http } = settingsOf(app);
    expect(await run({ ...app.config, http: { ...http, host: '0.0.0.0' } }, 'list')).toMatchObject({
      code: 0,
      printed: 'There are no such deliveries.\n',
    });
  });

  it('reads no settings to say how it is used', async () => {
    app = await startTestApp();
    const output = { print: () => undefined, complain: () => undefined, columns: null };
    const refuse = () => {
      throw new Error('not needed');
    };
    const options = { config: refuse, openStore: refuse, output };
    expect(await runJournalCommand(['help'], options)).toBe(0);
    expect(await runJournalCommand(['liste'], options)).toBe(2);
  });
});

describe('npm run journal', () => {
  const root = join(__dirname, '../..');
  const script = join(root, 'dist/api/journal-command.js');

  /** As a process of its own, in an empty directory. */
  async function spawn(environment: Record<string, string>, ...given: readonly string[]) {
    const directory = await createTempDirectory();
    try {
      return await promisify(execFile)(process.execPath, [script, ...given], {
        cwd: directory.path,
        env: { PATH: process.env['PATH'], ...environment },
      });
    } finally {
      await directory.remove();
    }
  }

  it('works on the directory that the environment names', async () => {
    app = await startTestApp();
    await app.deliver(webhookFixture('text'));
    await app.stop();
    const { stdout, stderr } = await spawn({ DATA_DIR: app.directory }, 'list', '--json');
    expect(JSON.parse(stdout)).toMatchObject([{ state: 'DONE' }]);
    expect(stderr).toBe('');
  }, 30_000);

  it('ends with 1 and a sentence where settings are wrong, with 2 where it is used wrongly', async () => {
    app = await startTestApp();
    await expect(spawn({ PORT: 'x' }, 'list')).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^PORT /) as unknown,
    });
    await expect(spawn({}, 'liste')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('npm run journal -- list') as unknown,
    });
  }, 30_000);
});
