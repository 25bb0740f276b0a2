import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createApp } from '../../api/app.ts';
import { variables } from '../../api/environment/variables.ts';
import { StartError } from '../../api/errors.ts';
import { startServerProcess } from '../kit/server-process.ts';
import { createTempDirectory } from '../kit/temp-directory.ts';
import type { TempDirectory } from '../kit/temp-directory.ts';
import { startTestApp, testConfig } from '../kit/test-app.ts';

jest.setTimeout(30_000); // a program of its own starts in about a second, on a busy machine in several

let directory: TempDirectory;
beforeEach(async () => {
  directory = await createTempDirectory();
});
afterEach(() => directory.remove());

describe('the program', () => {
  it('starts without any setting, says where it is, and what is missing', async () => {
    const server = startServerProcess({}, directory.path);
    const url = await server.ready;
    const response = await fetch(new URL('/plugins/whatsapp/health', url));
    expect(await response.json()).toMatchObject({ status: 'degraded', configured: false });
    expect(await server.logged('amber')).toContain('WHATSAPP_VERIFY_TOKEN');
    server.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, errors: '' });
  });

  it('reads .env, and stores where it says', async () => {
    const lines = ['DATA_DIR=inbox-data', 'WHATSAPP_PHONE_NUMBER_ID=331190077250416', 'API_KEY='];
    await writeFile(join(directory.path, '.env'), lines.join('\n'));
    const server = startServerProcess({}, directory.path);
    const response = await fetch(new URL('/plugins/whatsapp/health', await server.ready));
    expect(await response.json()).toMatchObject({ phone_number_id: '331190077250416' });
    server.kill('SIGINT');
    expect((await server.ended).code).toBe(0);
    await expect(readFile(join(directory.path, 'inbox-data', 'inbox.db'))).resolves.toBeTruthy();
  });

  it('names every problem of the settings, shows no secret and no stack, and ends with 1', async () => {
    const server = startServerProcess(
      { PORT: 'eighty', LOG_LEVEL: 'loud', HOST: '0.0.0.0', WHATSAPP_TOKEN: 'my secret' },
      directory.path,
    );
    const { code, errors } = await server.ended;
    expect(code).toBe(1);
    expect(errors).toContain('The settings have 4 problems');
    for (const name of ['PORT', 'LOG_LEVEL', 'API_KEY', 'WHATSAPP_TOKEN'])
      expect(errors).toContain(`- ${name} `);
    expect(errors).not.toMatch(/my secret|eighty|^ +at /m);
  });

  it('is the only one on its directory; the first goes on', async () => {
    const environment = { DATA_DIR: join(directory.path, 'data') };
    const first = startServerProcess(environment, directory.path);
    const url = await first.ready;
    const { code, errors } = await startServerProcess(environment, directory.path).ended;
    expect(code).toBe(1);
    expect(errors).toMatch(/is in use by another process.*DATA_DIR/);
    expect((await fetch(new URL('/plugins/whatsapp/health', url))).status).toBe(200);
    first.kill('SIGKILL');
    await first.ended;
    const next = startServerProcess(environment, directory.path);
    await next.ready;
    next.kill('SIGTERM');
    expect((await next.ended).code).toBe(0);
  });
});

describe('starting', () => {
  const start = async (config: Parameters<typeof testConfig>[1], data = directory.path) => {
    const app = createApp(testConfig(data, config));
    try {
      await app.start();
    } catch (error) {
      return error;
    } finally {
      await app.stop();
    }
    return null;
  };

  it('refuses a port in use and names PORT', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const error = await start({ http: { port } });
    other.close();
    expect(error).toBeInstanceOf(StartError);
    expect(String(error)).toMatch(new RegExp(`Port ${port} .*in use.*Set PORT`));
    // What was opened before is closed again.
    expect(await start({})).toBeNull();
  });

  it('refuses an address that this machine does not have and names HOST', async () => {
    const error = await start({ http: { host: '192.0.2.1', apiKey: 'sixteen-letters!' } });
    expect(error).toBeInstanceOf(StartError);
    expect(String(error)).toContain('HOST');
  });

  it('refuses a data directory that cannot be made or is a file, and names DATA_DIR', async () => {
    const file = join(directory.path, 'file');
    await writeFile(file, '');
    for (const place of [file, join(file, 'below'), '/proc/inbox']) {
      const error = await start({}, place);
      expect(error).toBeInstanceOf(StartError);
      expect(String(error)).toContain('DATA_DIR');
    }
  });

  it('refuses a damaged file with a clear message', async () => {
    await mkdir(join(directory.path, 'data'));
    await writeFile(join(directory.path, 'data', 'inbox.db'), 'this is no database'.repeat(500));
    const error = await start({}, join(directory.path, 'data'));
    expect(error).toBeInstanceOf(StartError);
    expect(String(error)).toContain('inbox.db');
  });

  it('refuses the MongoDB store, which is not there yet', async () => {
    const error = await start({
      config: { store: { kind: 'mongodb', uri: 'mongodb://db/inbox' } },
    });
    expect(error).toBeInstanceOf(StartError);
    expect(String(error)).toContain('MONGODB_URI');
  });

  it('refuses a second app on the same directory in the same process', async () => {
    const app = await startTestApp();
    const error = await start({}, app.directory);
    await app.close();
    expect(error).toBeInstanceOf(StartError);
  });
});

it('describes every variable in .env.example, once, and no other', async () => {
  const example = await readFile(join(__dirname, '../../.env.example'), 'utf8');
  const names = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(names.sort()).toEqual(Object.keys(variables.shape).sort());
});
