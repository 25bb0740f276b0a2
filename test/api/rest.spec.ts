import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { amara, expectSoon, openRestBench, restRoot } from '../kit/benches/rest-bench.ts';
import type { RestBench } from '../kit/benches/rest-bench.ts';
import type { TestAppOptions } from '../kit/test-app.ts';
import { homeNumberId } from '../kit/webhook-bodies.ts';

let bench: RestBench;
const start = async (options?: TestAppOptions) => {
  bench = await openRestBench(options);
  return bench;
};
afterEach(() => bench.close());

describe('GET health', () => {
  it('is healthy when everything is set', async () => {
    const { get } = await start();
    const { status, json } = await get('/health');
    expect(status).toBe(200);
    expect(json).toEqual({
      status: 'healthy',
      plugin: 'whatsapp',
      configured: true,
      missing_settings: [],
      warnings: [],
      api_version: 'v26.0',
      phone_number_id: homeNumberId,
      store: {
        kind: 'embedded',
        ok: true,
        latency_ms: expect.any(Number) as unknown,
        detail: null,
      },
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as unknown,
    });
  });

  it('is degraded, and says what is missing, without credentials', async () => {
    const { get } = await start({
      whatsapp: { token: null, phoneNumberIds: [], missingSettings: ['WHATSAPP_TOKEN'] },
      config: { warnings: ['Something to mend.'] },
    });
    const { status, json } = await get('/health');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      status: 'degraded',
      configured: false,
      missing_settings: ['WHATSAPP_TOKEN'],
      warnings: ['Something to mend.'],
      phone_number_id: null,
    });
  });

  it('is degraded when webhooks are refused for want of the app secret', async () => {
    const { get } = await start({ whatsapp: { appSecret: null } });
    expect((await get('/health')).json).toMatchObject({ status: 'degraded', configured: true });
  });

  it('tells that sending is paused when WhatsApp rejects the token', async () => {
    const { get, send, stub } = await start({ overrides: { sendWaitMs: 1 } });
    stub.answerWith(() => ({ kind: 'refuse', code: 190, status: 401 }));
    await send({ to: amara, message: 'Hello' });
    await expectSoon(async () => {
      const { body } = await get('/health');
      expect(body.status).toBe('degraded');
      expect(body.warnings).toEqual([expect.stringContaining('Sending is paused')]);
    });
  });
});

describe('GET openapi.json', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const { app } = await start();
    const file = join(app.directory, 'openapi.json');
    await writeFile(file, await (await app.fetch(`${restRoot}/openapi.json`)).text());
    const cli = createRequire(__filename).resolve(
      '@seriousme/openapi-schema-validator/bin/validate-api-cli.js',
    );
    const { stdout } = await promisify(execFile)(process.execPath, [cli, file]);
    expect(JSON.parse(stdout)).toEqual({ valid: true });
  });

  it('describes every route of the plugin', async () => {
    const { get } = await start();
    const { json } = await get('/openapi.json');
    const routes = ['health', 'messages/send', 'messages', 'conversations', 'webhook'];
    for (const route of routes) expect(json).toHaveProperty(['paths', `${restRoot}/${route}`]);
  });
});

describe('anything else', () => {
  it('answers 404 with a problem below the paths of the API, for a browser too', async () => {
    const { app } = await start();
    for (const path of ['/plugins/whatsapp/nothing', '/plugins', '/session/x', '/metrics/x']) {
      const response = await app.fetch(path, { headers: { accept: 'text/html' } });
      expect([path, response.status]).toEqual([path, 404]);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await response.json()).toMatchObject({ type: 'about:blank', status: 404 });
    }
  });

  it('answers 405 to another method and says which there are', async () => {
    const { app } = await start();
    const read = await app.fetch(`${restRoot}/messages/send`);
    expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST']);
    expect(read.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const written = await app.fetch(`${restRoot}/messages`, { method: 'PUT' });
    expect([written.status, written.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('answers 400 to an address that cannot be read', async () => {
    const { app } = await start();
    const response = await app.fetch(`${restRoot}/messages%ZZ`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ status: 400 });
  });
});
