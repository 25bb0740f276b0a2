import { hourMs, minuteMs } from '../../api/clock.ts';
import type { StubAnswer } from '../kit/cloud-api-stub.ts';
import { amara, expectSoon, openRestBench } from '../kit/benches/rest-bench.ts';
import type { RestBench } from '../kit/benches/rest-bench.ts';
import type { TestAppOptions } from '../kit/test-app.ts';

const text: unknown = expect.any(String);
let bench: RestBench;

describe('a send that can be tried', () => {
  const start = async (options?: TestAppOptions) => {
    bench = await openRestBench(options);
    return bench;
  };
  afterEach(() => bench.close());

  it('answers 200 once WhatsApp accepted the message', async () => {
    const { send, stub, clock } = await start();
    const { status, json } = await send({ to: amara, message: 'Hello', message_type: 'text' });
    expect(status).toBe(200);
    expect(json).toEqual({
      success: true,
      id: expect.stringMatching(/^msg_/) as unknown,
      message_id: 'wamid.stub-1',
      status: 'sent',
      to: amara,
      timestamp: new Date(clock.now()).toISOString(),
    });
    expect(stub.requests[0]?.body).toMatchObject({ to: `+${amara}`, text: { body: 'Hello' } });
  });

  it('answers 202 while it is still under way, and the message goes its way', async () => {
    const { send, stub } = await start({ overrides: { sendWaitMs: 50 } });
    let accept: (answer: StubAnswer) => void = () => undefined;
    const accepted = new Promise<StubAnswer>((resolve) => {
      accept = resolve;
    });
    stub.answerWith(() => accepted);
    const key = { 'idempotency-key': 'order-4471' };
    const first = await send({ to: amara, message: 'Hello' }, key);
    expect(first.status).toBe(202);
    expect(first.json).toMatchObject({ success: true, status: 'queued', message_id: null });
    accept({ kind: 'accept' });
    await expectSoon(async () => {
      const again = await send({ to: amara, message: 'Hello' }, key);
      expect(again.status).toBe(200);
      expect(again.body.id).toBe(first.body.id);
    });
    expect(stub.requests).toHaveLength(1);
  });

  it('answers 202 with status unknown when nobody can say whether it was sent', async () => {
    const { send, stub } = await start({ overrides: { sendWaitMs: 300 } });
    stub.answerWith(() => ({ kind: 'reset', midBody: true }));
    const { status, json } = await send({ to: amara, message: 'Hello' });
    expect(status).toBe(202);
    expect(json).toMatchObject({ status: 'unknown', message_id: null });
  });

  it('answers 502 with code, title and advice when WhatsApp refuses', async () => {
    const { send, stub } = await start();
    stub.answerWith(() => ({ kind: 'refuse', code: 131026 }));
    const { status, mediaType, json } = await send({ to: amara, message: 'Hello' });
    expect([status, mediaType]).toEqual([502, 'application/problem+json']);
    const type = 'urn:whatsapp-inbox:refused-by-whatsapp';
    expect(json).toMatchObject({ type, status: 502, code: 131026, title: text, advice: text });
  });

  it('sends once for one Idempotency-Key, however many ask at the same time', async () => {
    const { send, stub } = await start();
    const key = { 'idempotency-key': 'order-4471' };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => send({ to: amara, message: 'Hello' }, key)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(stub.requests).toHaveLength(1);
  });

  it('answers 409 when the Idempotency-Key was used with other content', async () => {
    const { send, stub } = await start();
    const key = { 'idempotency-key': 'order-4471' };
    await send({ to: amara, message: 'Hello' }, key);
    const { status, body } = await send({ to: amara, message: 'Something else' }, key);
    expect([status, body.type]).toEqual([409, 'urn:whatsapp-inbox:key-used-before']);
    expect(stub.requests).toHaveLength(1);
  });

  it('answers 409 when the window is closed, and sends nothing', async () => {
    const { send, stub, clock, amaraWrites } = await start();
    await amaraWrites('Hello', 60);
    clock.advance(25 * hourMs);
    const { status, body } = await send({ to: amara, message: 'Too late' });
    expect([status, body.type]).toEqual([409, 'urn:whatsapp-inbox:window-closed']);
    expect(body.closed_at).toBe(new Date(clock.now() - hourMs - minuteMs).toISOString());
    expect(stub.requests).toHaveLength(0);
  });

  it('answers 503 and names the settings when it is not configured', async () => {
    const whatsapp = { token: null, missingSettings: ['WHATSAPP_TOKEN'] };
    const { send } = await start({ whatsapp });
    const { status, json } = await send({ to: amara, message: 'Hello' });
    expect(status).toBe(503);
    expect(json).toMatchObject({
      type: 'urn:whatsapp-inbox:not-configured',
      missing_settings: ['WHATSAPP_TOKEN'],
    });
  });

  it('takes 4096 characters, and text in every script', async () => {
    const { send, stub } = await start();
    expect((await send({ to: amara, message: 'x'.repeat(4096) })).status).toBe(200);
    expect((await send({ to: amara, message: 'مرحبا 👩‍👩‍👧 नमस्ते' })).status).toBe(200);
    expect(stub.requests[1]?.body).toMatchObject({ text: { body: 'مرحبا 👩‍👩‍👧 नमस्ते' } });
  });

  it('answers what it knows when the server stops', async () => {
    const { app, send, stub } = await start();
    stub.answerWith(() => ({ kind: 'refuse', code: 131000, status: 500 }));
    const asked = send({ to: amara, message: 'Hello' });
    await expectSoon(() => {
      expect(stub.requests).toHaveLength(1);
    });
    const stopped = app.stop();
    expect((await asked).json).toMatchObject({ success: true, status: 'queued' });
    await stopped;
  });
});

describe('a send that cannot be tried', () => {
  beforeAll(async () => {
    bench = await openRestBench();
    await bench.amaraWrites('Hello');
  });
  afterAll(() => bench.close());
  afterEach(() => {
    expect(bench.stub.requests).toHaveLength(0);
  });

  it.each([
    ['no recipient', { message: 'Hello' }, ['to']],
    ['a recipient with +', { to: '+15555550142', message: 'Hello' }, ['to']],
    ['a recipient with spaces', { to: '1555 5550142', message: 'Hello' }, ['to']],
    ['a recipient with letters', { to: '1555555O142', message: 'Hello' }, ['to']],
    ['6 digits', { to: '155555', message: 'Hello' }, ['to']],
    ['16 digits', { to: '1555555014212345', message: 'Hello' }, ['to']],
    ['a recipient that is a number', { to: 15555550142, message: 'Hello' }, ['to']],
    ['the business number itself', { to: '15555550100', message: 'Hello' }, ['to']],
    ['no message', { to: amara }, ['message']],
    ['an empty message', { to: amara, message: '' }, ['message']],
    ['white space only', { to: amara, message: ' \n\t ' }, ['message']],
    ['4097 characters', { to: amara, message: 'x'.repeat(4097) }, ['message']],
    ['another message_type', { to: amara, message: 'x', message_type: 'image' }, ['message_type']],
    ['two faults', { to: '1', message: '' }, ['to', 'message']],
    ['no object', [], ['']],
    ['null', 'null', ['']],
  ])('answers 422 for %s, with an issue for each fault', async (_name, input, paths) => {
    const { status, body } = await bench.send(input);
    expect(status).toBe(422);
    expect(body.issues.map((issue) => issue.path.join('.'))).toEqual(paths);
    expect(body.detail).toMatch(/^\w/);
    for (const issue of body.issues) expect(issue.message).toMatch(/\w{3}.*\./);
  });

  it('answers 422 for a key that is too long, by the name of the header', async () => {
    const key = { 'idempotency-key': 'x'.repeat(129) };
    const { status, body } = await bench.send({ to: amara, message: 'Hello' }, key);
    expect(status).toBe(422);
    expect(body.issues).toEqual([{ path: ['Idempotency-Key'], message: text }]);
  });

  it.each([
    ['what is not JSON', '{"to":', 400],
    ['nothing', '', 400],
    ['an own prototype', '{"__proto__":{"to":"15555550142"},"to":"15555550142"}', 400],
    ['more than 64 KiB', JSON.stringify({ to: amara, message: 'x'.repeat(70_000) }), 413],
    ['20,000 levels', '['.repeat(20_000) + ']'.repeat(20_000), 422],
  ])('refuses %s', async (_name, body, status) => {
    expect((await bench.send(body)).status).toBe(status);
  });

  it('refuses bytes that are not UTF-8', async () => {
    const { status, body } = await bench.ask('POST', '/messages/send', {
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]),
    });
    expect([status, body.detail]).toEqual([400, 'The body is not UTF-8.']);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'answers 415 for %s',
    async (contentType) => {
      const body = JSON.stringify({ to: amara, message: 'Hello' });
      expect((await bench.send(body, { 'content-type': contentType })).status).toBe(415);
    },
  );
});
