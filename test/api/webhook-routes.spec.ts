import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { signatureOf } from '../../api/webhook/signature.ts';
import { openTestStore } from '../kit/store.ts';
import { startTestApp, testAppSecret, testVerifyToken } from '../kit/test-app.ts';
import type { TestApp } from '../kit/test-app.ts';
import { webhookFixture } from '../kit/webhook-bodies.ts';

const path = '/plugins/whatsapp/webhook';
const body = Buffer.from(webhookFixture('text'));

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

function deliver(
  bytes: Buffer<ArrayBuffer> | string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return app.fetch(path, {
    method: 'POST',
    body: bytes,
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': signatureOf(Buffer.from(bytes), testAppSecret),
      ...headers,
    },
  });
}

async function problemOf(response: Response): Promise<unknown> {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  return response.json();
}

/** For what `fetch` will not send. */
function rawRequest(
  headers: Record<string, string | string[]>,
  chunks: readonly Buffer[],
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, app.url), { method: 'POST', headers }, resolve);
    // A server that has heard enough may close while we still write.
    outgoing.on('error', reject);
    for (const chunk of chunks) outgoing.write(chunk);
    outgoing.end();
  });
}

describe('GET webhook', () => {
  const question = { 'hub.mode': 'subscribe', 'hub.verify_token': testVerifyToken };
  const ask = (query: Record<string, string>, more = '') =>
    app.fetch(`${path}?${new URLSearchParams(query).toString()}${more}`);

  it('answers the challenge as plain text and nothing else', async () => {
    const challenge = '<script>1158201444</script>';
    const response = await ask({ ...question, 'hub.challenge': challenge });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe(challenge);
  });

  it.each([
    ['another token', { 'hub.verify_token': 'x', 'hub.challenge': '1' }, ''],
    ['no token', { 'hub.verify_token': '', 'hub.challenge': '1' }, ''],
    ['the token twice', { 'hub.challenge': '1' }, `&hub.verify_token=${testVerifyToken}`],
    ['the challenge twice', { 'hub.challenge': '1' }, '&hub.challenge=2'],
    ['another mode', { 'hub.mode': 'ask', 'hub.challenge': '1' }, ''],
    ['no challenge', {}, ''],
  ])('refuses %s with 403', async (_what, changed, more) => {
    const response = await ask({ ...question, ...changed }, more);
    expect(response.status).toBe(403);
    expect(await problemOf(response)).toMatchObject({ title: 'Forbidden', status: 403 });
  });
});

describe('POST webhook', () => {
  it('answers ok once the message can be read', async () => {
    const response = await deliver(body);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok' });
    const { messages } = (await (await app.fetch('/plugins/whatsapp/messages')).json()) as {
      messages: unknown[];
    };
    expect(messages).toMatchObject([
      { from: '15555550142', message: 'Hi, is the oak side table still in stock?' },
    ]);
  });

  it.each([
    ['application/json; charset=utf-8'],
    ['text/plain'],
    ['application/octet-stream'],
    ['application/x-www-form-urlencoded'],
    ['json'],
    ['multipart/form-data'],
  ])('takes a signed delivery whatever its content type: %s', async (type) => {
    expect((await deliver(body, { 'content-type': type })).status).toBe(200);
  });

  it('takes one without a content type, in pieces', async () => {
    const response = await rawRequest({ 'x-hub-signature-256': signatureOf(body, testAppSecret) }, [
      body.subarray(0, 100),
      body.subarray(100),
    ]);
    expect(response.statusCode).toBe(200);
    expect(await readText(response)).toBe('{"status":"ok"}');
  });

  it('refuses a doubled signature header, though both are right', async () => {
    const signature = signatureOf(body, testAppSecret);
    const response = await rawRequest({ 'x-hub-signature-256': [signature, signature] }, [body]);
    expect(response.statusCode).toBe(401);
    expect(await readText(response)).toContain('more than once');
  });

  it.each([
    ['a wrong signature', body, { 'x-hub-signature-256': signatureOf(body, 'x') }, 401],
    ['an empty signature', body, { 'x-hub-signature-256': '' }, 401],
    ['no body', '', {}, 400],
    ['no JSON', 'hello', {}, 400],
    ['JSON that is no notification', '{"object":"page","entry":[]}', {}, 400],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), {}, 400],
    ['20,000 levels', '['.repeat(20_000) + ']'.repeat(20_000), {}, 400],
    ['over 3 MiB', Buffer.alloc(3 * 1024 * 1024 + 1, ' '), {}, 413],
  ])('refuses %s with a problem', async (...[, bytes, headers, status]) => {
    const response = await deliver(bytes, headers);
    expect(response.status).toBe(status);
    expect(await problemOf(response)).toEqual({
      type: 'about:blank',
      title: expect.any(String) as unknown,
      status,
      detail: expect.stringMatching(/\.$/) as unknown,
    });
  });

  it('refuses pieces without an announced length as soon as they are over 3 MiB', async () => {
    const response = await rawRequest(
      { 'transfer-encoding': 'chunked', 'x-hub-signature-256': signatureOf(body, testAppSecret) },
      Array.from({ length: 4 }, () => Buffer.alloc(1024 * 1024, ' ')),
    );
    expect(response.statusCode).toBe(413);
    response.resume();
  });

  it('lists each refusal with its reason, once the first has been written', async () => {
    // Refusals are written after the answer; the store takes one after the other.
    await deliver('{}', { 'x-hub-signature-256': 'sha256=short' });
    const response = await app.fetch('/plugins/whatsapp/journal/rejections?limit=200');
    const { rejections } = (await response.json()) as { rejections: { status: number }[] };
    expect(new Set(rejections.map(({ status }) => status))).toEqual(new Set([400, 401, 413]));
    expect(rejections[0]).toEqual({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as unknown,
      status: 401,
      reason: 'The signature is not 64 lower-case hexadecimal digits',
      times: 1,
    });
  });

  it('names other methods as not allowed', async () => {
    const response = await app.fetch(path, { method: 'PUT' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it('asks to come again while the store is down', async () => {
    const test = await openTestStore();
    const down = await startTestApp({ overrides: { store: test.store } });
    await test.store.stop();
    const response = await down.fetch(path, {
      method: 'POST',
      body,
      headers: { 'x-hub-signature-256': signatureOf(body, testAppSecret) },
    });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await problemOf(response)).toMatchObject({ status: 503 });
    await down.close();
    await test.close();
  });

  it('loses nothing of what it acknowledged when it stops while deliveries come', async () => {
    const busy = await startTestApp();
    let acknowledged = 0;
    const send = async (index: number) => {
      const text = body.toString().replace('NTMzQQA=', `N${String(index).padStart(4, '0')}QA=`);
      const response = await busy
        .fetch(path, {
          method: 'POST',
          body: text,
          headers: { 'x-hub-signature-256': signatureOf(Buffer.from(text), testAppSecret) },
        })
        .catch(() => null);
      if (response?.status === 200) acknowledged += 1;
    };
    const sending = Array.from({ length: 200 }, (_, index) => send(index));
    await Promise.race(sending);
    await busy.restart();
    await Promise.all(sending);
    const response = await busy.fetch('/plugins/whatsapp/messages?limit=200');
    const { messages } = (await response.json()) as { messages: unknown[] };
    expect(acknowledged).toBeGreaterThan(0);
    // More may be stored than was acknowledged: an answer can be lost on its way.
    expect(messages.length).toBeGreaterThanOrEqual(acknowledged);
    await busy.close();
  });
});
