import { Writable } from 'node:stream';
import { pino } from 'pino';
import { helloToAmara } from '../../test/contract/whatsapp.contract.ts';
import { createFakeClock } from '../../test/kit/clock.ts';
import { startCloudApiStub } from '../../test/kit/cloud-api-stub.ts';
import type { CloudApiStub } from '../../test/kit/cloud-api-stub.ts';
import { createCloudApi } from './cloud-api.ts';
import type { CloudApiOptions } from './cloud-api.ts';

const token = 'EAAG-secret-token';

describe('createCloudApi', () => {
  let stub: CloudApiStub;
  let lines: string[];
  beforeEach(async () => {
    stub = await startCloudApiStub();
    lines = [];
  });
  afterEach(() => stub.close());

  function create(config: Partial<CloudApiOptions['config']> = {}, timeoutMs = 5_000) {
    const sink = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    return createCloudApi({
      config: { token, apiVersion: 'v25.0', apiBaseUrl: stub.url, ...config },
      log: pino({ level: 'trace' }, sink),
      clock: createFakeClock(Date.UTC(2026, 10, 23, 9, 0, 0)),
      timeoutMs,
    });
  }

  it('posts to the number of the business with the token in the header', async () => {
    await create().send(helloToAmara);
    const [request] = stub.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/v25.0/331190077250416/messages' });
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    });
  });

  it('copes with a base address that ends in slashes', async () => {
    await create({ apiBaseUrl: `${stub.url}//` }).send(helloToAmara);
    expect(stub.requests[0]?.path).toBe('/v25.0/331190077250416/messages');
  });

  it('escapes a phone number id, so that a wrong setting cannot reach another path', async () => {
    await create().send({ ...helloToAmara, phoneNumberId: '../me' });
    expect(stub.requests[0]?.path).toBe('/v25.0/..%2Fme/messages');
  });

  it('calls nobody without a token', async () => {
    expect(await create({ token: null }).send(helloToAmara)).toMatchObject({
      kind: 'REFUSED',
      failure: { code: null, title: 'No access token is set' },
    });
    expect(stub.requests).toHaveLength(0);
  });

  it('takes the token to no other host by a redirect', async () => {
    const other = await startCloudApiStub();
    stub.answerWith(() => ({
      kind: 'raw',
      status: 307,
      body: '',
      headers: { location: `${other.url}/v25.0/1/messages` },
    }));
    expect(await create().send(helloToAmara)).toMatchObject({
      kind: 'REFUSED',
      failure: { title: 'The answer did not come from the WhatsApp Cloud API' },
    });
    expect(other.requests).toHaveLength(0);
    await other.close();
  });

  it('keeps the token out of the reason and of the log when WhatsApp quotes it', async () => {
    stub.answerWith(() => ({
      kind: 'refuse',
      status: 401,
      code: 190,
      message: `Malformed access token ${token}`,
      details: `${token} is not valid`,
    }));
    expect(await create().send(helloToAmara)).toMatchObject({
      failure: { title: 'Malformed access token [token]', details: '[token] is not valid' },
    });
    stub.answerWith(() => ({ kind: 'reset' }));
    await create().send(helloToAmara);
    expect(lines).not.toHaveLength(0);
    expect(lines.join('')).not.toContain(token);
  });

  it('reads a date in Retry-After', async () => {
    const headers = { 'retry-after': 'Mon, 23 Nov 2026 09:05:00 GMT' };
    stub.answerWith(() => ({ kind: 'refuse', code: 4, headers }));
    expect(await create().send(helloToAmara)).toMatchObject({ retryAfterMs: 300_000 });
  });

  it('is certain that nothing was sent when the name of the host is not known', async () => {
    const outcome = await create({ apiBaseUrl: 'http://nowhere.invalid' }).send(helloToAmara);
    expect(outcome).toMatchObject({
      kind: 'REFUSED',
      failure: { title: 'WhatsApp cannot be reached' },
    });
  });

  it('says how long it waited for an answer', async () => {
    stub.answerWith(() => ({ kind: 'silence' }));
    expect(await create({}, 300).send(helloToAmara)).toMatchObject({
      failure: { title: 'Not confirmed by WhatsApp', details: 'No answer within 0.3 s.' },
    });
  });

  it('leaves nothing behind in the signal that ends every call', async () => {
    const stopping = new AbortController();
    const api = create();
    await api.send(helloToAmara, stopping.signal);
    await api.markRead('331190077250416', 'wamid.1', stopping.signal);
    expect(keptIn(stopping.signal)).toBe(0);
  });

  it('does not send again by itself when a kept connection turns out to be dead', async () => {
    const api = create();
    await api.send(helloToAmara);
    stub.answerWith(() => ({ kind: 'reset' }));
    await api.send(helloToAmara);
    expect(stub.requests).toHaveLength(2);
  });
});

/** How much the collections inside of a signal hold: listeners, and signals that depend on it. */
function keptIn(signal: AbortSignal): number {
  const sizes = Object.getOwnPropertySymbols(signal).map((key) => {
    const held: unknown = Reflect.get(signal, key);
    const isCollection = typeof held === 'object' && held !== null && 'size' in held;
    return isCollection ? Number(held.size) : 0;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}
