import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { startTestApp } from '../kit/test-app.ts';
import type { TestApp, TestAppOptions } from '../kit/test-app.ts';

let app: TestApp;
const start = async (options?: TestAppOptions) => {
  app = await startTestApp(options);
};
afterEach(() => app.close());

const apiKey = 'the-key-of-the-test';
const health = '/plugins/whatsapp/health';

/** Like fetch, but with any Host header. */
function askAs(host: string, path = health) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const { hostname, port } = new URL(app.url);
    request({ hostname, port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response);
    })
      .on('error', reject)
      .end();
  });
}

describe('without a key', () => {
  it('answers under the names of this machine, with any port', async () => {
    await start();
    const names = ['localhost', 'localhost:8000', '127.0.0.1:1', '[::1]:8000', 'LOCALHOST.'];
    for (const name of names) expect([name, (await askAs(name)).statusCode]).toEqual([name, 200]);
  });

  it('answers under no other name, wherever', async () => {
    await start();
    const names = ['evil.example', 'localhost.evil.example', '192.168.1.7:8000', '0.0.0.0'];
    for (const name of names) {
      for (const path of ['/', health, '/graphql', '/session', '/metrics', '/nothing'])
        expect([name, path, (await askAs(name, path)).statusCode]).toEqual([name, path, 421]);
    }
  });

  it('answers under the name of PUBLIC_URL', async () => {
    await start({ http: { publicUrl: 'https://inbox.example.com' } });
    expect((await askAs('inbox.example.com')).statusCode).toBe(200);
    expect((await askAs('other.example.com')).statusCode).toBe(421);
  });

  it('takes webhooks under any name as long as they are signed, for tunnels', async () => {
    await start();
    expect((await askAs('tunnel.example', '/plugins/whatsapp/webhook')).statusCode).toBe(403);
    await app.close();
    await start({ whatsapp: { appSecret: null, allowsUnsignedWebhooks: true } });
    expect((await askAs('tunnel.example', '/plugins/whatsapp/webhook')).statusCode).toBe(421);
  });
});

it('answers under every name when a key is set', async () => {
  await start({ http: { apiKey } });
  expect((await askAs('inbox.example.com')).statusCode).toBe(200);
});

describe('foreign pages', () => {
  const post = (headers: Record<string, string>) =>
    app.fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"key":"anything"}',
    });

  it('may change nothing', async () => {
    await start();
    for (const origin of ['https://evil.example', 'null', 'http://localhost:1', 'nonsense'])
      expect([origin, (await post({ origin })).status]).toEqual([origin, 403]);
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const ended = await app.fetch('/session', {
      method: 'DELETE',
      headers: { origin: 'https://evil.example' },
    });
    expect(ended.status).toBe(403);
  });

  it('may be our own, behind a proxy with https too', async () => {
    await start();
    const { host } = new URL(app.url);
    expect((await post({ origin: app.url })).status).toBe(204);
    expect((await post({ origin: `https://${host}` })).status).toBe(204);
  });

  it('may be those of PUBLIC_URL and ALLOWED_ORIGINS', async () => {
    const origins = ['https://inbox.example.com', 'https://desk.example.com'];
    const [publicUrl, allowed] = origins;
    await start({ http: { publicUrl: publicUrl ?? null, allowedOrigins: [allowed ?? ''] } });
    for (const origin of origins) expect((await post({ origin })).status).toBe(204);
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
  });

  it('get no leave to read', async () => {
    await start();
    const response = await app.fetch(health, { headers: { origin: 'https://evil.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  it('of ALLOWED_ORIGINS may read, with their key, and no others', async () => {
    await start({ http: { apiKey, allowedOrigins: ['https://desk.example.com'] } });
    const preflight = await app.fetch('/plugins/whatsapp/messages/send', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://desk.example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,idempotency-key',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://desk.example.com');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('idempotency-key');
    const refused = await app.fetch('/plugins/whatsapp/conversations', {
      headers: { origin: 'https://desk.example.com' },
    });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://desk.example.com');
    const other = await app.fetch(health, { headers: { origin: 'https://evil.example' } });
    expect(other.headers.get('access-control-allow-origin')).not.toBe('https://evil.example');
  });
});

describe('headers', () => {
  const policyOf = (response: Response) =>
    new Map(
      (response.headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
        const [name = '', ...values] = directive.split(' ');
        return [name, values.join(' ')];
      }),
    );

  it('are strict on every answer, errors too', async () => {
    await start();
    for (const path of [health, '/nothing', '/plugins/whatsapp/messages?limit=0', '/']) {
      const response = await app.fetch(path);
      const policy = policyOf(response);
      expect(policy.get('default-src')).toBe("'none'");
      expect(policy.get('script-src')).toMatch(/^'self'( 'sha256-[\w+/]{43}=')*$/);
      expect(policy.get('frame-ancestors')).toBe("'none'");
      expect([...policy.values()].join(' ')).not.toMatch(/unsafe|\*/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('x-frame-options')).toBe('DENY');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      expect(response.headers.get('permissions-policy')).toContain('camera=()');
      expect(response.headers.get('strict-transport-security')).toBeNull();
      expect(response.headers.get('x-powered-by')).toBeNull();
    }
  });

  it('let ALLOWED_ORIGINS embed the app', async () => {
    await start({ http: { allowedOrigins: ['https://desk.example.com'] } });
    const response = await app.fetch(health);
    expect(policyOf(response).get('frame-ancestors')).toBe('https://desk.example.com');
    expect(response.headers.get('x-frame-options')).toBeNull();
  });

  it('keep browsers on https where PUBLIC_URL says so', async () => {
    await start({ http: { publicUrl: 'https://inbox.example.com' } });
    const response = await app.fetch(health);
    expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });
});
