import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { gunzipSync } from 'node:zlib';
import { request } from 'node:http';
import { hourMs } from '../../api/clock.ts';
import { WebSocket } from 'ws';
import { createFakeClock } from '../kit/clock.ts';
import { followEventStream } from '../kit/clients/event-stream-client.ts';
import { answerIn, ask } from '../kit/clients/graphql-client.ts';
import { follow, openRawSocket, socketUrl } from '../kit/clients/live-client.ts';
import { startTestApp } from '../kit/test-app.ts';
import type { TestApp, TestAppOptions } from '../kit/test-app.ts';

const apiKey = 'the-key-of-the-test';
const key = `Bearer ${apiKey}`;
const query = '{ __typename }';

let app: TestApp;
const start = async (options: TestAppOptions = {}) => {
  app = await startTestApp(options);
  return app;
};
afterEach(() => app.close());

async function signIn(): Promise<string> {
  const response = await app.fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key: apiKey }),
  });
  return response.headers.get('set-cookie')?.split(';', 1)[0] ?? 'none';
}

describe('with a key, every transport wants it', () => {
  beforeEach(() => start({ http: { apiKey } }));

  it('POST', async () => {
    const { status, errors, headers } = await ask(app.url, '{ __schema { queryType { name } } }');
    expect([status, headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('Bearer'),
    ]);
    expect(headers.get('content-type')).toContain('application/graphql-response+json');
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    const wrong = await ask(app.url, query, { headers: { authorization: 'Bearer wrong' } });
    expect(wrong.status).toBe(401);
    const cookie = await signIn();
    for (const headers of [{ authorization: key }, { cookie }]) {
      expect((await ask(app.url, query, { headers })).data).toEqual({ __typename: 'Query' });
    }
  });

  it('GET, GraphiQL, and event streams', async () => {
    const path = `/graphql?query=${encodeURIComponent(query)}`;
    for (const accept of ['application/json', 'text/html', 'text/event-stream']) {
      expect((await app.fetch(path, { headers: { accept } })).status).toBe(401);
      expect((await app.fetch(path, { headers: { accept, authorization: key } })).status).toBe(200);
    }
    const stream = await followEventStream(app.url);
    expect(stream.response.status).toBe(401);
  });

  it('WebSocket: nothing shown is 4401, a wrong key 4403', async () => {
    const none = follow(app.url);
    const wrong = follow(app.url, { connectionParams: { authorization: 'Bearer wrong' } });
    await none.until(({ closed }) => closed !== null);
    await wrong.until(({ closed }) => closed !== null);
    expect(none.closed).toEqual({ code: 4401, reason: 'Unauthorized' });
    expect(wrong.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    expect([...none.events, ...wrong.events]).toEqual([]);
  });

  it('WebSocket: a key in connectionParams or in the header, or a session', async () => {
    const cookie = await signIn();
    for (const options of [
      { connectionParams: { authorization: key } },
      { headers: { authorization: key } },
      { headers: { cookie } },
    ]) {
      const follower = follow(app.url, options);
      await follower.until(({ events }) => events.length === 1);
      await follower.stop();
    }
  });

  it('WebSocket: nothing is done for one who was not let in', async () => {
    const { socket, send } = await openRawSocket(app.url);
    const closed = once(socket, 'close');
    const heard: string[] = [];
    socket.on('message', (data: Buffer) => heard.push(data.toString()));
    send({ type: 'connection_init' });
    send({ id: '1', type: 'subscribe', payload: { query } });
    await closed;
    expect(heard).toEqual([]);
    const early = await openRawSocket(app.url, { headers: { authorization: key } });
    const refused = once(early.socket, 'close');
    early.send({ id: '1', type: 'subscribe', payload: { query } });
    expect((await refused)[0]).toBe(4401);
  });

  it('signing out ends the streams of that session, and no others', async () => {
    const [cookie, other] = [await signIn(), await signIn()];
    const mine = follow(app.url, { headers: { cookie } });
    const myStream = await followEventStream(app.url, { headers: { cookie } });
    const others = follow(app.url, { headers: { cookie: other } });
    const script = follow(app.url, { connectionParams: { authorization: key } });
    for (const each of [mine, myStream, others, script]) {
      await each.until(({ events }) => events.length === 1);
    }
    await app.fetch('/session', { method: 'DELETE', headers: { cookie } });
    await mine.until(({ closed }) => closed !== null);
    await myStream.until(({ closed }) => closed !== null);
    expect(mine.closed).toEqual({ code: 4401, reason: 'Signed out' });
    expect([others.closed, script.closed]).toEqual([null, null]);
    await Promise.all([others.stop(), script.stop()]);
  });
});

it('a stream ends when the session that it was opened with runs out', async () => {
  const clock = createFakeClock();
  await start({ http: { apiKey }, overrides: { clock } });
  const cookie = await signIn();
  clock.advance(12 * hourMs - 300); // in real milliseconds: timers go by the machine's clock
  const socket = follow(app.url, { headers: { cookie } });
  const stream = await followEventStream(app.url, { headers: { cookie } });
  await socket.until(({ closed }) => closed !== null);
  await stream.until(({ closed }) => closed !== null);
  expect(socket.closed).toEqual({ code: 1001, reason: 'Show the session again' });
  expect(stream.isComplete).toBe(false);
});

describe('other origins', () => {
  const foreign = 'https://evil.example';
  const upgrade = (headers: Readonly<Record<string, string>>) =>
    new Promise<number>((resolve, reject) => {
      const socket = new WebSocket(socketUrl(app.url), 'graphql-transport-ws', { headers });
      socket.once('open', () => {
        socket.terminate();
        resolve(101);
      });
      socket.once('unexpected-response', (_request, response) => {
        resolve(response.statusCode ?? 0);
      });
      socket.once('error', reject);
    });

  it('are refused on every transport', async () => {
    await start();
    const headers = { origin: foreign };
    expect((await ask(app.url, query, { headers })).status).toBe(403);
    const get = await app.fetch(`/graphql?query=${encodeURIComponent(query)}`, {
      headers: { ...headers, accept: 'application/json' },
    });
    expect(get.status).toBe(403);
    expect((await answerIn(get)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(get.headers.get('access-control-allow-origin')).toBeNull();
    expect(await upgrade(headers)).toBe(403);
    expect(await upgrade({ origin: 'null' })).toBe(403);
    const preflight = await app.fetch('/graphql', {
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('may call when they are our own or in ALLOWED_ORIGINS', async () => {
    await start({ http: { allowedOrigins: ['https://desk.example'] } });
    for (const origin of [new URL(app.url).origin, 'https://desk.example']) {
      expect((await ask(app.url, query, { headers: { origin } })).status).toBe(200);
      expect(await upgrade({ origin })).toBe(101);
    }
    const { headers } = await ask(app.url, query, { headers: { origin: 'https://desk.example' } });
    expect(headers.get('access-control-allow-origin')).toBe('https://desk.example');
    expect(await upgrade({ origin: foreign })).toBe(403);
  });

  it('do not get in under another name of this machine', async () => {
    await start();
    expect(await upgrade({ host: 'evil.example', origin: 'http://evil.example' })).toBe(421);
    const unknownPath = await new Promise<number>((resolve) => {
      const asked = request(new URL('/other', app.url), {
        headers: { connection: 'Upgrade', upgrade: 'websocket' },
      });
      asked.once('response', (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      asked.end();
    });
    expect(unknownPath).toBe(404);
  });
});

describe('what a foreign page could make a browser send', () => {
  beforeEach(() => start());

  it.each([
    ['application/x-www-form-urlencoded', 'query=%7B__typename%7D'],
    ['text/plain', '{"query":"{ __typename }"}'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query":"{ __typename }"}\r\n--x--',
    ],
    ['application/graphql', '{ __typename }'],
  ])('is refused: a form of type %s', async (type, body) => {
    const response = await app.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(response.status).toBe(415);
    expect((await answerIn(response)).errors).toMatchObject([
      { extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } },
    ]);
  });

  it('is refused: a query as image or script', async () => {
    const path = `/graphql?query=${encodeURIComponent(query)}`;
    const simple = { 'sec-fetch-site': 'same-site', accept: '*/*' };
    expect((await app.fetch(path, { headers: simple })).status).toBe(400);
    expect((await app.fetch(path, { headers: { cookie: 'a=b', accept: 'image/*' } })).status).toBe(
      400,
    );
    const crossSite = { 'sec-fetch-site': 'cross-site', accept: 'application/json' };
    expect((await app.fetch(path, { headers: crossSite })).status).toBe(403);
    const deliberate = { ...simple, 'apollo-require-preflight': 'true' };
    expect((await app.fetch(path, { headers: deliberate })).status).toBe(200);
  });

  it('is refused: a mutation by GET', async () => {
    const mutation = 'mutation { retryMessage(id: "x") { __typename } }';
    const response = await app.fetch(`/graphql?query=${encodeURIComponent(mutation)}`, {
      headers: { accept: 'application/json' },
    });
    expect(response.status).toBe(405);
  });
});

describe('GraphiQL', () => {
  it('needs nothing but its page, and runs no script but its own', async () => {
    await start();
    const response = await app.fetch('/graphql', { headers: { accept: 'text/html,*/*' } });
    expect(response.headers.get('content-type')).toContain('text/html');
    const page = await response.text();
    expect(page).not.toMatch(/<(script|link|img)[^>]+(src|href)="?(https?:)?\/\//);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    for (const [, script = ''] of page.matchAll(/<script>([\s\S]*?)<\/script>/g)) {
      expect(policy).toContain(createHash('sha256').update(script).digest('base64'));
    }
  });

  it('comes packed, once for all', async () => {
    await start();
    const raw = async () =>
      new Promise<Buffer>((resolve) => {
        const asked = request(new URL('/graphql', app.url), { headers: { accept: 'text/html' } });
        asked.once('response', (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            resolve(Buffer.concat(chunks));
          });
        });
        asked.end();
      });
    const [first, second] = [await raw(), await raw()];
    expect(first.equals(second)).toBe(true);
    expect(gunzipSync(first).length).toBeGreaterThan(first.length * 2);
  });
});
