import { pino } from 'pino';
import { hourMs, secondMs } from '../clock.ts';
import { amara, openOutboxBench } from '../../test/kit/benches/outbox-bench.ts';
import type { OutboxBench } from '../../test/kit/benches/outbox-bench.ts';
import { createRetryMessage } from './retry-message.ts';

describe('sending a message again', () => {
  let bench: OutboxBench;
  beforeEach(async () => {
    bench = await openOutboxBench();
    bench.start();
  });
  afterEach(() => bench.close());

  async function failed() {
    bench.stub.answerWith(() => ({ kind: 'refuse', code: 131026 }));
    const message = await bench.send(amara, 'Hello');
    await bench.idle();
    bench.stub.answerWith(() => ({ kind: 'accept' }));
    return message;
  }

  it('makes a new attempt of the same message', async () => {
    const message = await failed();
    const result = await bench.messages.retry(message.id);
    expect(result).toMatchObject({ kind: 'message', message: { id: message.id } });
    await bench.idle();
    expect(await bench.status(message.id)).toBe('SENT');
    expect(bench.stub.requests.map(({ body }) => body['biz_opaque_callback_data'])).toEqual([
      message.id,
      `${message.id}#2`,
    ]);
  });

  it('may be asked for again after it has failed again, with a fresh count of tries', async () => {
    bench.stub.answerWith(() => ({ kind: 'refuse', code: 131000 }));
    const message = await bench.send(amara, 'Hello');
    await bench.advance(60 * secondMs);
    expect(bench.stub.requests).toHaveLength(4);
    await bench.messages.retry(message.id);
    await bench.advance(60 * secondMs);
    expect(bench.stub.requests).toHaveLength(8);
    expect(await bench.status(message.id)).toBe('FAILED');
  });

  it('gives a message that is on its way or sent back as it is', async () => {
    const message = await bench.send(amara, 'Hello');
    expect(await bench.messages.retry(message.id)).toMatchObject({ kind: 'message' });
    await bench.idle();
    expect(await bench.messages.retry(message.id)).toMatchObject({
      message: { id: message.id, delivery: { stage: 'ACCEPTED' } },
    });
    await bench.idle();
    expect(bench.stub.requests).toHaveLength(1);
  });

  it('is refused when the window has closed, and goes when it is open again', async () => {
    await bench.receive(amara);
    const message = await failed();
    bench.clock.advance(24 * hourMs);
    expect(await bench.messages.retry(message.id)).toMatchObject({ kind: 'window-closed' });
    await bench.receive(amara);
    expect((await bench.messages.retry(message.id)).kind).toBe('message');
    await bench.advance(secondMs);
    expect(await bench.status(message.id)).toBe('SENT');
  });

  it('is refused for what a customer wrote', async () => {
    await bench.receive(amara);
    const theirs = (await bench.messages.page({ page: { last: 1 } })).items[0];
    expect(await bench.messages.retry(theirs?.id ?? '')).toMatchObject({
      kind: 'invalid',
      issues: [{ path: ['id'] }],
    });
  });

  it.each([
    ['nonsense', 'not-found'],
    ['msg_01JD0000000000000000000009', 'not-found'],
    ['cnv_01JD0000000000000000000009', 'invalid'],
  ])('of %j is answered with %s', async (id, kind) => {
    expect((await bench.messages.retry(id)).kind).toBe(kind);
  });

  it.each([
    [{ phoneNumberIds: [], missingSettings: ['WHATSAPP_TOKEN'] }, ['WHATSAPP_TOKEN']],
    [{ phoneNumberIds: ['442201188361527'], missingSettings: [] }, ['WHATSAPP_PHONE_NUMBER_ID']],
  ])(
    'is refused with the settings %j, but only for what would be sent',
    async (config, missing) => {
      const { store, clock, outbox } = bench;
      const log = pino({ level: 'silent' });
      const retry = createRetryMessage({ store, config, clock, outbox, log });
      const message = await failed();
      expect(await retry(message.id)).toMatchObject({
        kind: 'not-configured',
        missingSettings: missing,
      });
      await bench.messages.retry(message.id);
      await bench.idle();
      expect((await retry(message.id)).kind).toBe('message');
    },
  );
});
