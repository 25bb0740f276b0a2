import { textOf } from '../../api/messages/message-content.ts';
import { signatureOf } from '../../api/webhook/signature.ts';
import { appSecret, startTestIngest } from '../kit/test-ingest.ts';
import type { TestIngest } from '../kit/test-ingest.ts';
import {
  fromAmara,
  homeNumberId,
  londonNumberId,
  messagesChange,
  notification,
  textOfAmara,
  webhookFixture,
} from '../kit/webhook-bodies.ts';

let test: TestIngest;
beforeEach(async () => {
  test = await startTestIngest();
});
afterEach(() => test.close());

async function outcomes(): Promise<unknown> {
  const { values } = await test.metrics.deliveries.get();
  return Object.fromEntries(values.map(({ labels, value }) => [String(labels.outcome), value]));
}

describe('a delivery', () => {
  it('can be read as soon as it is acknowledged, and is in the journal to the byte', async () => {
    const body = webhookFixture('text');
    const receipt = await test.deliver(body);
    expect(receipt).toMatchObject({
      status: 200,
      entry: {
        state: 'DONE',
        sizeBytes: body.length,
        receivedAt: test.clock.now(),
        verdicts: [{ path: 'entry[0].changes[0].value.messages[0]', result: 'APPLIED' }],
      },
    });
    expect(await test.messages()).toHaveLength(1);
    const [entry] = await test.store.journal.list({ limit: 2 });
    expect((await test.store.journal.get(entry!.id))?.body.equals(body)).toBe(true);
    expect(await outcomes()).toEqual({ stored: 1 });
  });

  it('is there after a restart', async () => {
    await test.deliver(webhookFixture('text'));
    const before = await test.messages();
    await test.restart();
    expect(await test.messages()).toEqual(before);
    expect(await test.deliver(webhookFixture('text'))).toMatchObject({
      entry: { verdicts: [{ result: 'REPEATED' }] },
    });
  });

  it('comes as one message however often and at once it comes', async () => {
    const receipts = await Promise.all(
      Array.from({ length: 50 }, () => test.deliver(webhookFixture('text'))),
    );
    expect(receipts.every(({ status }) => status === 200)).toBe(true);
    expect(await test.messages()).toHaveLength(1);
    const [conversation] = await test.conversations();
    expect(conversation?.unreadCount).toBe(1);
    expect(await test.store.journal.list({ limit: 100 })).toHaveLength(50);
  });

  it('keeps what its neighbours could not be understood for', async () => {
    const body = fromAmara(textOfAmara({ timestamp: 'x' }), null, textOfAmara());
    expect(await test.deliver(body)).toMatchObject({
      status: 200,
      entry: {
        state: 'SET_ASIDE',
        verdicts: [
          { result: 'SET_ASIDE', detail: 'timestamp: is not a time in unix seconds' },
          { result: 'SET_ASIDE', detail: 'is not an object' },
          { result: 'APPLIED' },
        ],
      },
    });
    expect(await test.messages()).toHaveLength(1);
    expect(test.log).toContainEqual(
      expect.objectContaining({ msg: 'part of a delivery set aside', setAside: 2 }),
    );
  });

  it('never files what was said in a group under the one who said it', async () => {
    const said = textOfAmara({ group_id: 'Y2FwaV9ncm91cDo1' });
    expect(await test.deliver(fromAmara(said))).toMatchObject({ entry: { state: 'SET_ASIDE' } });
    expect(await test.conversations()).toEqual([]);
  });

  it('keeps text as long, odd and hostile as it comes, but for what cannot be stored', async () => {
    const body = `\0a\ud800b\u202e<script>${'é'.repeat(70_000)}'; DROP TABLE messages; --\ud83d\ude00`;
    await test.deliver(fromAmara(textOfAmara({ text: { body } })));
    const [message] = await test.messages();
    expect(message?.content).toEqual({
      type: 'TEXT',
      body: body.replace('\0', '').replace('\ud800', '\ufffd'),
    });
  });

  it.each([
    ['20,000 levels deep', `{"a":`.repeat(20_000) + '1' + '}'.repeat(20_000)],
    ['of __proto__', '{"__proto__":{"body":"x","isSeen":true},"constructor":{}}'],
  ])('shows a message with an object %s as one that cannot be shown', async (_what, object) => {
    const text = fromAmara(textOfAmara({ type: 'hologram', hologram: 'HERE' })).toString();
    const receipt = await test.deliver(Buffer.from(text.replace('"HERE"', object)));
    expect(receipt).toMatchObject({ status: 200, entry: { state: 'DONE' } });
    expect(await test.messages()).toMatchObject([
      { content: { type: 'UNSUPPORTED', rawType: 'hologram' }, isSeen: false },
    ]);
  });

  it('says in the log which delivery it was, and nothing that anybody wrote', async () => {
    await test.deliver(webhookFixture('text'));
    await test.deliver(fromAmara(textOfAmara({ from: 'Amara in words', text: { body: 'Hello' } })));
    expect(test.log).toContainEqual(
      expect.objectContaining({
        msg: 'webhook delivery',
        delivery: expect.stringMatching(/^dlv_/) as unknown,
        elements: 1,
      }),
    );
    expect(JSON.stringify(test.log)).not.toMatch(/oak side table|15555550142|Amara|Hello/);
  });

  it('counts its elements by what became of them', async () => {
    await test.deliver(webhookFixture('batch-mixed'));
    const { values } = await test.metrics.elements.get();
    expect(Object.fromEntries(values.map(({ labels, value }) => [labels.result, value]))).toEqual({
      APPLIED: 4,
      HELD: 5,
      KEPT: 1,
      REPEATED: 1,
    });
  });
});

describe('a delivery that is refused', () => {
  const body = webhookFixture('text');

  const sign = (bytes: Buffer) => signatureOf(bytes, appSecret);
  const words = Buffer.from('hello');
  const tooMuch = Buffer.alloc(3 * 1024 * 1024 + 1, ' ');

  it.each([
    { what: 'without a signature', bytes: body, signature: undefined, status: 401 },
    { what: 'with an empty signature', bytes: body, signature: '', status: 401 },
    {
      what: 'with two signatures',
      bytes: body,
      signature: `${sign(body)}, ${sign(body)}`,
      status: 401,
    },
    { what: 'with the signature of another', bytes: words, signature: sign(body), status: 401 },
    { what: 'signed, but no JSON', bytes: words, signature: sign(words), status: 400 },
    { what: 'signed, but over 3 MiB', bytes: tooMuch, signature: sign(tooMuch), status: 413 },
  ])('$what leaves nothing but a note', async ({ bytes, signature, status }) => {
    const receipt = await test.ingest.receive(bytes, signature);
    expect(receipt).toEqual({ status, reason: expect.any(String) as unknown });
    expect(await test.store.journal.list({ limit: 5 })).toEqual([]);
    expect(await test.messages()).toEqual([]);

    await test.ingest.stop();
    expect(await test.store.journal.rejections(5)).toEqual([
      { at: test.clock.now(), times: 1, ...receipt },
    ]);
    expect(await outcomes()).toEqual({ [String(status)]: 1 });
  });

  it('is taken at exactly 3 MiB', async () => {
    const padded = Buffer.alloc(3 * 1024 * 1024, ' ');
    body.copy(padded);
    expect(await test.deliver(padded)).toMatchObject({ status: 200 });
  });

  it('costs a row however many there are, and counts as all of them', async () => {
    for (let n = 0; n < 1_000; n += 1) await test.ingest.receive(body, undefined);
    await test.ingest.receive(body, signatureOf(body, 'another-secret'));
    await test.ingest.stop();
    const rejections = await test.store.journal.rejections(10);
    expect(rejections.map(({ reason, times }) => [reason.slice(0, 20), times])).toEqual([
      ['The signature does n', 1],
      ['The X-Hub-Signature-', 999],
      ['The X-Hub-Signature-', 1],
    ]);
    expect(await test.store.journal.summary(0)).toMatchObject({ rejected: 1_001 });
    expect(test.log.filter(({ msg }) => msg === 'webhook delivery refused')).toHaveLength(3);
  });

  it('is to come again while the store is down, and is taken when it is back', async () => {
    await test.store.stop();
    expect(await test.deliver(body)).toEqual({
      status: 503,
      reason: 'The store could not take the delivery',
    });
    await test.restart();
    expect(await test.deliver(body)).toMatchObject({ status: 200 });
    expect(await test.messages()).toHaveLength(1);
  });
});

describe('without an app secret', () => {
  it('nothing is taken, and the log says why', async () => {
    await test.restart({ appSecret: null });
    expect(await test.deliver(webhookFixture('text'))).toMatchObject({ status: 401 });
    await test.ingest.stop();
    expect(test.log).toContainEqual(
      expect.objectContaining({
        msg: 'webhook delivery refused',
        reason: expect.stringContaining('WHATSAPP_APP_SECRET is not set') as unknown,
      }),
    );
  });

  it('everything is taken when unsigned webhooks are allowed', async () => {
    await test.restart({ appSecret: null, allowsUnsignedWebhooks: true });
    expect(await test.ingest.receive(webhookFixture('text'), undefined)).toMatchObject({
      status: 200,
    });
  });
});

it('a secret is insisted on even where unsigned webhooks are allowed', async () => {
  await test.restart({ allowsUnsignedWebhooks: true });
  expect(await test.ingest.receive(webhookFixture('text'), undefined)).toMatchObject({
    status: 401,
  });
});

describe('a delivery for a number that is not configured', () => {
  it('is acknowledged, set aside, and applied at the start after the number is added', async () => {
    await test.restart({ phoneNumberIds: [homeNumberId] });
    expect(await test.deliver(webhookFixture('batch-mixed'))).toMatchObject({
      status: 200,
      entry: { state: 'SET_ASIDE' },
    });
    expect((await test.messages()).map((message) => message.phoneNumberId)).toEqual(
      Array.from({ length: 3 }, () => homeNumberId),
    );

    await test.restart({ phoneNumberIds: [homeNumberId, londonNumberId] });
    const applied = new Promise<void>((resolve) => test.store.changes.onAppended(resolve));
    test.ingest.start();
    await applied;
    expect(await test.messages()).toHaveLength(4);
    expect(await test.store.journal.list({ limit: 5 })).toMatchObject([{ state: 'DONE' }]);
  });

  it('stays aside as long as it is not, and is replayed once', async () => {
    await test.restart({ phoneNumberIds: [] });
    await test.deliver(webhookFixture('text'));
    const other = { metadata: { phone_number_id: '777' }, messages: [textOfAmara()] };
    await test.deliver(notification(messagesChange(other)));
    expect(await test.ingest.replaySetAside()).toBe(0);

    await test.restart({ phoneNumberIds: [homeNumberId] });
    expect(await test.ingest.replaySetAside()).toBe(1);
    expect(await test.ingest.replaySetAside()).toBe(0);
    expect(await test.messages()).toHaveLength(1);
  });

  it('is applied in the order in which it came, which is that of the chat within a second', async () => {
    await test.restart({ phoneNumberIds: [] });
    const said = ['one', 'two', 'three'];
    for (const body of said) {
      await test.deliver(fromAmara(textOfAmara({ id: `wamid.${body}`, text: { body } })));
    }
    await test.restart({ phoneNumberIds: [homeNumberId] });
    expect(await test.ingest.replaySetAside()).toBe(3);
    expect((await test.messages()).map(({ content }) => textOf(content))).toEqual(said);
  });
});
