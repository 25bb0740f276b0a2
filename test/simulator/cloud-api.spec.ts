import { z } from 'zod';
import { simulatorCredentials, startSimulator } from '../kit/simulator.ts';
import { startWebhookReceiver } from '../kit/clients/webhook-receiver.ts';
import type { WebhookReceiver } from '../kit/clients/webhook-receiver.ts';
import type { Simulator } from './simulator.ts';

const { token, phoneNumberId, businessNumber } = simulatorCredentials;

let receiver: WebhookReceiver;
let simulator: Simulator;

beforeEach(async () => {
  receiver = await startWebhookReceiver();
  simulator = await startSimulator({ webhookUrl: receiver.url });
});
afterEach(async () => {
  await simulator.stop();
  await receiver.stop();
});

interface Call {
  readonly number?: string;
  readonly authorization?: string | null;
  readonly signal?: AbortSignal;
}

async function call(body: unknown, options: Call = {}) {
  const { number = phoneNumberId, authorization = `Bearer ${token}`, signal } = options;
  const response = await fetch(`${simulator.url}/v25.0/${number}/messages`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(authorization === null ? {} : { authorization }),
    },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const refusalSchema = z.object({
  error: z.object({ code: z.number(), type: z.string(), message: z.string() }),
});

async function refusal(body: unknown, options: Call = {}) {
  const { status, text } = await call(body, options);
  return { status, ...refusalSchema.parse(JSON.parse(text)).error };
}

const acceptedSchema = z.object({
  messaging_product: z.literal('whatsapp'),
  contacts: z.tuple([
    z.strictObject({
      input: z.string(),
      wa_id: z.string().optional(),
      user_id: z.string().optional(),
    }),
  ]),
  messages: z.tuple([z.strictObject({ id: z.string() })]),
});

async function accepted(body: unknown) {
  const { status, text } = await call(body);
  expect(status).toBe(200);
  const { contacts, messages } = acceptedSchema.parse(JSON.parse(text));
  return { contact: contacts[0], wamid: messages[0].id };
}

function text(to: string, body = 'Hello', more: object = {}) {
  return { messaging_product: 'whatsapp', to, type: 'text', text: { body }, ...more };
}

describe('an accepted send', () => {
  it('answers with the dialled number and a wamid', async () => {
    const { contact, wamid } = await accepted(text('+1 (555) 555-0142'));
    expect(contact).toEqual({ input: '+1 (555) 555-0142', wa_id: '15555550142' });
    expect(wamid).toMatch(/^wamid\.[A-Za-z0-9+/]+=*$/);
  });

  it('is reported as sent, delivered and read with its callback data', async () => {
    await call(text('+15555550142', 'Hello', { biz_opaque_callback_data: 'message-1' }));
    await simulator.control.settled();
    expect(receiver.statuses()).toMatchObject([
      { status: 'sent', biz_opaque_callback_data: 'message-1', recipient_id: '15555550142' },
      { status: 'delivered', biz_opaque_callback_data: 'message-1' },
      { status: 'read', biz_opaque_callback_data: 'message-1' },
    ]);
    expect(simulator.control.sends()).toMatchObject([
      { customerId: '15555550142', callbackData: 'message-1', errorCode: null },
    ]);
  });

  it('goes to the country of the business when the plus is missing', async () => {
    const { contact } = await accepted(text('447700900123'));
    expect(contact.wa_id).toBe('1447700900123');
  });

  it('reaches a person by the user id', async () => {
    const kiri = simulator.control.addCustomer({ username: 'kiri.w', name: 'Kiri Walker' });
    const { contact } = await accepted({ ...text(''), to: undefined, recipient: kiri.userId });
    expect(contact).toEqual({ input: kiri.userId, user_id: kiri.userId });
    await simulator.control.settled();
    expect(receiver.statuses()[2]).toMatchObject({ recipient_user_id: kiri.userId });
    expect(receiver.statuses()[2]).not.toHaveProperty('recipient_id');
  });

  it('fails later for a number that is not on WhatsApp, without naming a person', async () => {
    const { status } = await call(text('+447700900000'));
    expect(status).toBe(200);
    await simulator.control.settled();
    const [failed] = receiver.statuses();
    expect(failed).toMatchObject({ status: 'failed', errors: [{ code: 131026 }] });
    expect(failed).not.toHaveProperty('recipient_user_id');
  });

  it('fails later when the customer last wrote more than 24 hours ago', async () => {
    const { control } = simulator;
    control.addCustomer({ phoneNumber: '447700900123', name: 'Tom Aldridge' });
    control.write('447700900123', { text: 'Hi', at: Date.now() - 25 * 3_600_000 });
    expect((await call(text('+447700900123'))).status).toBe(200);
    await control.settled();
    expect(receiver.statuses()).toMatchObject([{ status: 'failed', errors: [{ code: 131047 }] }]);
  });

  it('quotes a message of the customer', async () => {
    const { control } = simulator;
    control.addCustomer({ phoneNumber: '447700900123', name: 'Tom Aldridge' });
    const question = control.write('447700900123', 'Open today?');
    const { wamid } = await accepted(
      text('+447700900123', 'Yes', { context: { message_id: question.wamid } }),
    );
    expect(control.message(wamid)).toMatchObject({ quotedWamid: question.wamid });
  });
});

describe('a refused call', () => {
  interface Refused {
    readonly of: string;
    readonly body: unknown;
    readonly options?: Call;
    readonly expected: { readonly status: number; readonly code: number };
  }
  const invalid = (code: number) => ({ status: 400, code });
  const to = '+15555550142';
  const refused: Refused[] = [
    {
      of: 'no token',
      body: text(to),
      options: { authorization: null },
      expected: { status: 401, code: 104 },
    },
    {
      of: 'a wrong token',
      body: text(to),
      options: { authorization: 'Bearer other' },
      expected: { status: 401, code: 190 },
    },
    {
      of: 'an unknown business number',
      body: text(to),
      options: { number: '1' },
      expected: invalid(33),
    },
    { of: 'a body that is no object', body: 'hello', expected: invalid(100) },
    { of: 'no product', body: { to, text: { body: 'x' } }, expected: invalid(100) },
    { of: 'no recipient', body: { ...text('x'), to: undefined }, expected: invalid(100) },
    { of: 'an unknown type', body: { ...text(to), type: 'telegram' }, expected: invalid(100) },
    { of: 'no text', body: { ...text(to), text: undefined }, expected: invalid(131008) },
    { of: 'an empty text', body: text(to, ' '), expected: invalid(131008) },
    { of: 'a text too long', body: text(to, 'x'.repeat(4097)), expected: invalid(100) },
    { of: 'a number with letters', body: text('+1555CALLME'), expected: invalid(131009) },
    { of: 'a number too short', body: text('+12345'), expected: invalid(131009) },
    { of: 'the own number', body: text(`+${businessNumber}`), expected: invalid(131021) },
    {
      of: 'callback data too long',
      body: text(to, 'Hello', { biz_opaque_callback_data: 'x'.repeat(513) }),
      expected: invalid(100),
    },
  ];
  it.each(refused)('names the reason: $of', async ({ body, options, expected }) => {
    expect(await refusal(body, options)).toMatchObject({ ...expected, type: 'OAuthException' });
    expect(simulator.control.sends().filter(({ wamid }) => wamid !== null)).toEqual([]);
  });

  it('takes the longest text that is allowed', async () => {
    expect((await call(text('+15555550142', 'x'.repeat(4096)))).status).toBe(200);
  });
});

describe('read receipts', () => {
  it('turn all that the customer wrote before blue', async () => {
    const { control } = simulator;
    control.addCustomer({ phoneNumber: '15555550142', name: 'Amara Okafor' });
    const first = control.write('15555550142', { text: 'One', at: 1_000 });
    const second = control.write('15555550142', { text: 'Two', at: 2_000 });
    const third = control.write('15555550142', { text: 'Three', at: 3_000 });
    const receipt = { messaging_product: 'whatsapp', status: 'read', message_id: second.wamid };
    expect((await call(receipt)).text).toBe('{"success":true}');
    const ticks = [first, second, third].map(({ wamid }) => control.message(wamid)?.status);
    expect(ticks).toEqual(['read', 'read', 'sent']);
  });

  it('are refused for something that is no message id', async () => {
    const receipt = { messaging_product: 'whatsapp', status: 'read', message_id: 'x' };
    expect(await refusal(receipt)).toMatchObject({ code: 131009 });
  });
});

describe('limits', () => {
  it('refuses the 46th message of a burst to one person, and nobody else', async () => {
    simulator.control.limits.change({ throughput: null });
    for (let count = 0; count < 45; count += 1)
      expect((await call(text('+15555550142'))).status).toBe(200);
    expect(await refusal(text('+15555550142'))).toMatchObject({ status: 400, code: 131056 });
    expect((await call(text('+15555550143'))).status).toBe(200);
  });

  it('refuses more sends per second than the number may make', async () => {
    simulator.control.limits.change({ throughput: 1 });
    expect((await call(text('+15555550142'))).status).toBe(200);
    expect(await refusal(text('+15555550143'))).toMatchObject({ status: 400, code: 130429 });
  });

  it('shuts out strangers where the window is strict, and says so at once if told to', async () => {
    simulator.control.limits.change({ window: 'strict', windowRefusal: 'answer' });
    expect(await refusal(text('+15555550142'))).toMatchObject({ status: 400, code: 131047 });
  });
});

describe('faults of the API', () => {
  it('refuses as often as told, with the code and the time to wait', async () => {
    const { faults } = simulator.control;
    faults.add({ kind: 'send-error', code: 130429, times: 1, retryAfterSeconds: 7 });
    const refused = await call(text('+15555550142'));
    expect(refused.text).toContain('"code":130429');
    expect(refused.headers.get('retry-after')).toBe('7');
    expect((await call(text('+15555550142'))).status).toBe(200);
    expect(faults.list()).toEqual([]);
  });

  it('strikes only the customer it is meant for', async () => {
    simulator.control.faults.add({ kind: 'send-error', to: '15555550143' });
    expect((await call(text('+15555550142'))).status).toBe(200);
    expect((await call(text('+15555550143'))).status).toBe(500);
  });

  it('accepts, never answers, and reports all the same', async () => {
    simulator.control.faults.add({ kind: 'send-timeout' });
    const aborted = new AbortController();
    const answer = call(text('+15555550142'), { signal: aborted.signal });
    await simulator.control.until(() =>
      receiver.statuses().some(({ status }) => status === 'read'),
    );
    aborted.abort();
    await expect(answer).rejects.toThrow();
    expect(simulator.control.sends().map(({ errorCode }) => errorCode)).toEqual([null]);
  });

  it('resets the connection without having accepted anything', async () => {
    simulator.control.faults.add({ kind: 'send-reset' });
    await expect(call(text('+15555550142'))).rejects.toThrow();
    expect(simulator.control.sends()).toEqual([]);
  });

  it('resets the connection after having accepted', async () => {
    simulator.control.faults.add({ kind: 'send-reset', accepts: true });
    await expect(call(text('+15555550142'))).rejects.toThrow();
    await simulator.control.settled();
    expect(receiver.statuses()).toHaveLength(3);
  });

  it('talks nonsense', async () => {
    simulator.control.faults.add({ kind: 'send-nonsense' });
    const { status, text: body } = await call(text('+15555550142'));
    expect(status).toBe(502);
    expect(body).toContain('<html>');
  });

  it('fails an accepted send with the code given', async () => {
    simulator.control.faults.add({ kind: 'send-fails-later', code: 131049 });
    await call(text('+15555550142'));
    await simulator.control.settled();
    expect(receiver.statuses()).toMatchObject([{ status: 'failed', errors: [{ code: 131049 }] }]);
  });

  it('leaves delivered out, as an open chat does', async () => {
    simulator.control.faults.add({ kind: 'delivered-left-out' });
    await call(text('+15555550142'));
    await simulator.control.settled();
    expect(receiver.statuses().map(({ status }) => status)).toEqual(['sent', 'read']);
  });
});
