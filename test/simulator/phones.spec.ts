import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { simulatorCredentials, startSimulator } from '../kit/simulator.ts';
import { createTempDirectory } from '../kit/temp-directory.ts';
import { startWebhookReceiver } from '../kit/clients/webhook-receiver.ts';
import type { WebhookReceiver } from '../kit/clients/webhook-receiver.ts';
import type { SimulatorOptions } from './options.ts';
import type { Simulator } from './simulator.ts';

let receiver: WebhookReceiver;
let simulator: Simulator;

beforeEach(async () => {
  receiver = await startWebhookReceiver();
  simulator = await start();
});
afterEach(async () => {
  await simulator.stop();
  await receiver.stop();
});

async function start(overrides: Partial<SimulatorOptions> = {}) {
  const started = await startSimulator({ webhookUrl: receiver.url, ...overrides });
  started.control.addCustomer({ phoneNumber: '15555550142', name: 'Amara Okafor' });
  return started;
}

const acceptedSchema = z.object({ messages: z.tuple([z.object({ id: z.string() })]) });

async function send(body: string, to = '+15555550142', content: object = {}): Promise<string> {
  const { token, phoneNumberId } = simulatorCredentials;
  const response = await fetch(`${simulator.url}/v25.0/${phoneNumberId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ messaging_product: 'whatsapp', to, text: { body }, ...content }),
  });
  return acceptedSchema.parse(await response.json()).messages[0].id;
}

function statusNames(): unknown[] {
  return receiver.statuses().map(({ status }) => status);
}

describe('a phone', () => {
  it('shows what was sent to it', async () => {
    const wamid = await send('Your lamp is ready');
    await simulator.control.settled();
    expect(simulator.control.chat('15555550142')).toMatchObject([
      { wamid, direction: 'fromBusiness', content: { body: 'Your lamp is ready' }, status: 'read' },
    ]);
  });

  it('receives nothing while it is offline, and everything when it is back', async () => {
    const { control } = simulator;
    control.changePhone('15555550142', { isOnline: false });
    await send('One');
    await send('Two');
    await control.settled();
    expect(statusNames()).toEqual(['sent', 'sent']);
    control.changePhone('15555550142', { isOnline: true });
    await control.settled();
    expect(statusNames().sort()).toEqual(
      ['delivered', 'delivered', 'read', 'read', 'sent', 'sent'].sort(),
    );
  });

  it('keeps what is written offline until it is back', async () => {
    const { control } = simulator;
    control.changePhone('15555550142', { isOnline: false });
    const { wamid } = control.write('15555550142', 'In the tunnel');
    await control.settled();
    expect(control.message(wamid)?.status).toBe('waiting');
    expect(receiver.messages()).toEqual([]);
    control.changePhone('15555550142', { isOnline: true });
    await control.settled();
    expect(receiver.messages()).toMatchObject([{ id: wamid }]);
  });

  it('tells nobody that it reads when receipts are off', async () => {
    simulator.control.changePhone('15555550142', { sendsReadReceipts: false });
    await send('Hello');
    await simulator.control.settled();
    expect(statusNames()).toEqual(['sent', 'delivered']);
  });

  it('reads what is there as soon as its owner writes', async () => {
    await simulator.stop();
    simulator = await start({ timing: { readMs: [60_000, 60_000] } });
    const { control } = simulator;
    const wamid = await send('Hello');
    await control.until(() => control.message(wamid)?.status === 'delivered');
    control.write('15555550142', 'Hi');
    await control.until(() => receiver.messages().length === 1 && statusNames().length === 3);
    expect(statusNames()).toEqual(['sent', 'delivered', 'read']);
  });

  it.each([
    'text',
    'image',
    'video',
    'audio',
    'document',
    'sticker',
    'location',
    'contacts',
    'button',
    'interactive',
    'order',
    'unsupported',
    'request_welcome',
    'something_new',
  ])('sends %s', async (type) => {
    simulator.control.write('15555550142', type === 'text' ? { text: 'Hi' } : { type });
    await simulator.control.settled();
    expect(receiver.messages()).toMatchObject([{ type, from: '15555550142' }]);
  });

  it('quotes, and adds whatever else a message may carry', async () => {
    const about = await send('Blue or green?');
    simulator.control.write('15555550142', {
      text: 'Green',
      quotedWamid: about,
      extras: { referral: { source_type: 'ad' } },
    });
    await simulator.control.settled();
    expect(receiver.messages()).toMatchObject([
      { context: { id: about, from: '15555550100' }, referral: { source_type: 'ad' } },
    ]);
  });

  it('reacts, and takes the reaction back', async () => {
    const about = await send('Done!');
    simulator.control.react('15555550142', about, '👍');
    expect(simulator.control.message(about)?.reactions.byCustomer).toBe('👍');
    simulator.control.react('15555550142', about, null);
    expect(simulator.control.message(about)?.reactions.byCustomer).toBeNull();
    await simulator.control.settled();
    expect(receiver.messages().map(({ reaction }) => reaction)).toEqual([
      { message_id: about, emoji: '👍' },
      { message_id: about },
    ]);
  });

  it('shows the reaction of the business, for which only sent is reported', async () => {
    const { wamid } = simulator.control.write('15555550142', 'Thanks!');
    const reaction = { message_id: wamid, emoji: '❤️' };
    await send('', '+15555550142', { type: 'reaction', reaction, text: undefined });
    await simulator.control.settled();
    expect(simulator.control.message(wamid)?.reactions.byBusiness).toBe('❤️');
    expect(statusNames()).toEqual(['sent']);
  });

  it('knows nobody by an unknown number', () => {
    expect(() => simulator.control.write('447700900999', 'Hi')).toThrow(/no customer/);
    expect(() => simulator.control.addCustomer({ name: 'Nobody' })).not.toThrow();
  });
});

describe('people who answer by themselves', () => {
  it('answer to what was said, and once to several messages in a row', async () => {
    simulator.control.addCustomer({ phoneNumber: '33639981234', name: 'Léa', answersAs: 'fr' });
    await send('Bonjour Léa', '+33639981234');
    await send('Voulez-vous une facture ?', '+33639981234');
    await simulator.control.settled();
    expect(receiver.messages()).toMatchObject([{ text: { body: 'Oui, très volontiers.' } }]);
  });

  it('stay silent while they are offline', async () => {
    const { control } = simulator;
    control.addCustomer({ phoneNumber: '33639981234', name: 'Léa', answersAs: 'fr' });
    control.changePhone('33639981234', { isOnline: false });
    await send('Bonjour Léa', '+33639981234');
    await control.settled();
    expect(receiver.messages()).toEqual([]);
    control.changePhone('33639981234', { isOnline: true });
    await control.settled();
    expect(receiver.messages()).toHaveLength(1);
  });

  it('are behind every new number, where strangers do', async () => {
    await simulator.stop();
    simulator = await start({ strangersAnswerAs: 'en' });
    await send('Hello', '+447700900555');
    await simulator.control.settled();
    expect(receiver.messages()).toMatchObject([{ from: '447700900555', type: 'text' }]);
    expect(simulator.control.customer('447700900555')?.name).not.toBe('');
  });
});

describe('a history', () => {
  it('arrives in order, with past times, echoes for our side, and their ticks', async () => {
    const { control } = simulator;
    await control.writeHistory('15555550142', [
      { from: 'customer', at: 1_000_000, text: 'Is it ready?' },
      { from: 'business', at: 2_000_000, text: 'Yes', about: 0, status: 'delivered' },
      { from: 'customer', at: 3_000_000, type: 'reaction', about: 1, emoji: '🎉' },
    ]);
    const [question, reaction] = receiver.messages();
    expect(question).toMatchObject({ timestamp: '1000', text: { body: 'Is it ready?' } });
    const [, answer] = control.chat('15555550142');
    expect(reaction).toMatchObject({ reaction: { message_id: answer?.wamid, emoji: '🎉' } });
    expect(answer).toMatchObject({ quotedWamid: question?.id, status: 'delivered' });
    expect(answer?.reactions.byCustomer).toBe('🎉');
    expect(receiver.statuses()).toMatchObject([
      { id: answer?.wamid, status: 'delivered', timestamp: '2002' },
    ]);
    expect(receiver.received).toHaveLength(1);
  });
});

describe('a restart of the simulator', () => {
  it('keeps people, chats, unfinished messages and undelivered webhooks', async () => {
    const directory = await createTempDirectory();
    const stateFile = `${directory.path}/simulator.json`;
    await simulator.stop();
    simulator = await start({ stateFile, timing: { deliveredMs: [60_000, 60_000] } });
    const sent = await send('Hello');
    await simulator.control.until(() => statusNames().includes('sent'));
    receiver.answerWith(503);
    const { wamid } = simulator.control.write('15555550142', 'While you were away');
    await simulator.control.until(() => simulator.control.webhooks().failed > 0);
    await simulator.stop();

    receiver.answerWith(200);
    simulator = await startSimulator({ webhookUrl: receiver.url, stateFile });
    await simulator.control.settled();
    expect(simulator.control.customers()).toMatchObject([{ name: 'Amara Okafor' }]);
    expect(simulator.control.message(sent)?.status).toBe('read');
    expect(simulator.control.message(wamid)?.status).toBe('delivered');
    expect(receiver.messages().some(({ id }) => id === wamid)).toBe(true);
    await simulator.stop();
    await directory.remove();
  });

  it('starts anew from a file that makes no sense', async () => {
    const directory = await createTempDirectory();
    const stateFile = `${directory.path}/simulator.json`;
    await writeFile(stateFile, '{"customers": 7}');
    await simulator.stop();
    const warnings: string[] = [];
    const log = {
      info: () => undefined,
      warn: (_details: object, message: string) => warnings.push(message),
    };
    simulator = await startSimulator({ webhookUrl: receiver.url, stateFile, log });
    expect(simulator.control.customers()).toEqual([]);
    expect(warnings).toEqual(['the simulator starts anew: no usable state']);
    await simulator.stop();
    await directory.remove();
  });
});
