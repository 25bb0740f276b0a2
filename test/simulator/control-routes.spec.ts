import { z } from 'zod';
import { startSimulator } from '../kit/simulator.ts';
import { startWebhookReceiver } from '../kit/clients/webhook-receiver.ts';
import type { WebhookReceiver } from '../kit/clients/webhook-receiver.ts';
import type { Simulator } from './simulator.ts';

let receiver: WebhookReceiver;
let simulator: Simulator;

beforeEach(async () => {
  receiver = await startWebhookReceiver();
  simulator = await startSimulator();
});
afterEach(async () => {
  await simulator.stop();
  await receiver.stop();
});

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(`${simulator.url}/control${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

const wamidSchema = z.object({ wamid: z.string() });

describe('the control API', () => {
  it('plays a customer from the first hello to the delivered webhook', async () => {
    await call('PUT', '/webhooks', { url: receiver.url });
    const amara = { phoneNumber: '15555550142', name: 'Amara Okafor' };
    expect(await call('POST', '/customers', amara)).toMatchObject({
      status: 200,
      answer: { ...amara, id: '15555550142', isOnline: true },
    });
    const written = await call('POST', '/customers/15555550142/messages', { text: 'Hello' });
    const { wamid } = wamidSchema.parse(written.answer);
    await call('POST', '/customers/15555550142/reactions', { wamid, emoji: '👍' });
    expect(await call('GET', '/settled')).toMatchObject({ answer: { settled: true } });
    expect(receiver.messages()).toMatchObject([{ id: wamid }, { type: 'reaction' }]);
    expect((await call('GET', '/customers/15555550142/messages')).answer).toMatchObject([
      { wamid, status: 'delivered', reactions: { byCustomer: '👍' } },
      { type: 'reaction' },
    ]);
    expect((await call('GET', '/overview')).answer).toMatchObject({
      business: '15555550100',
      customers: [{ customer: { name: 'Amara Okafor' }, lastMessage: { type: 'reaction' } }],
    });
    expect((await call('GET', '/webhooks')).answer).toMatchObject({ delivered: 2, pending: 0 });
  });

  it('changes phones', async () => {
    await call('POST', '/customers', { phoneNumber: '15555550142', name: 'Amara Okafor' });
    const settings = { isOnline: false, sendsReadReceipts: false, answersAs: 'fr' };
    await call('PATCH', '/customers/15555550142', settings);
    expect((await call('GET', '/customers')).answer).toMatchObject([settings]);
  });

  it('sets faults, lists them, and takes them back', async () => {
    expect(
      (await call('POST', '/faults', { kind: 'send-error', code: 190, times: 2 })).answer,
    ).toMatchObject({ id: 'fault-1', rate: 1, struck: 0 });
    await call('POST', '/faults', { kind: 'webhook-drop' });
    expect((await call('DELETE', '/faults/fault-1')).answer).toMatchObject([{ id: 'fault-2' }]);
    expect((await call('DELETE', '/faults')).answer).toEqual([]);
    expect((await call('GET', '/faults')).answer).toEqual([]);
  });

  it('changes limits one by one', async () => {
    await call('PATCH', '/limits', { pairRate: false });
    await call('PATCH', '/limits', { window: 'strict' });
    expect((await call('GET', '/limits')).answer).toMatchObject({
      ...{ throughput: 80, pairRate: false, window: 'strict' },
    });
  });

  it.each([
    ['POST', '/customers', { name: 'Nobody' }],
    ['POST', '/customers', { name: 'Tom', phoneNumber: '+44 7700' }],
    ['POST', '/faults', { kind: 'earthquake' }],
    ['POST', '/faults', { kind: 'send-error', rate: 2 }],
    ['PATCH', '/limits', { throughput: 0 }],
    ['PUT', '/webhooks', { url: 'nowhere' }],
  ])('refuses what makes no sense: %s %s %j', async (method, path, body) => {
    const { status, answer } = await call(method, path, body);
    expect(status).toBe(422);
    expect(z.object({ error: z.string().min(10) }).safeParse(answer).success).toBe(true);
  });

  it('refuses a message without content', async () => {
    await call('POST', '/customers', { phoneNumber: '15555550142', name: 'Amara Okafor' });
    expect((await call('POST', '/customers/15555550142/messages', {})).status).toBe(422);
  });

  it('knows no customer that was not introduced', async () => {
    expect(await call('POST', '/customers/15555550199/messages', { text: 'Hi' })).toEqual({
      status: 404,
      answer: { error: 'There is no customer 15555550199.' },
    });
  });

  it('tells what changes as it happens', async () => {
    simulator.control.addCustomer({ phoneNumber: '15555550142', name: 'Amara Okafor' });
    const closed = new AbortController();
    const live = await fetch(`${simulator.url}/control/live`, { signal: closed.signal });
    const reader = live.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    simulator.control.write('15555550142', 'Hello');
    const chunk = await reader?.read();
    expect(chunk?.value).toMatch(/^event: message\ndata: \{"kind":"message".*Hello.*\}\n\n/);
    closed.abort();
  });
});

describe('the page', () => {
  it.each(['/', '/page.js', '/chat.js', '/bubble.js', '/faults.js', '/wire.js', '/page.css'])(
    'is served with a strict policy: %s',
    async (path) => {
      const response = await fetch(`${simulator.url}${path}`);
      expect(response.status).toBe(200);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      expect(await response.text()).not.toMatch(/<script>|\s(style|on\w+)="/);
    },
  );
});
