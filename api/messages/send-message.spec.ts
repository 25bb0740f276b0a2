import { hourMs, secondMs } from '../clock.ts';
import {
  amara,
  businessNumberId,
  openOutboxBench,
  tom,
} from '../../test/kit/benches/outbox-bench.ts';
import type { BenchSettings, OutboxBench } from '../../test/kit/benches/outbox-bench.ts';
import type { Message } from './message.ts';
import type { SendInput } from './send-input.ts';
import type { SendResult } from './send-result.ts';

describe('sending a message', () => {
  let bench: OutboxBench;
  const open = async (settings: BenchSettings = {}) => {
    bench = await openOutboxBench(settings);
  };
  afterEach(() => bench.close());

  const send = (input: SendInput, sender = 'owner') => bench.messages.send(input, sender);
  const sent = async (input: SendInput): Promise<Message> => messageOf(await send(input));
  const chatWith = async (phoneNumber: string) => {
    const conversation = await bench.conversations.byPhoneNumber(phoneNumber);
    if (conversation === null) throw new Error('There is no conversation');
    return conversation;
  };
  const issuesOf = (result: SendResult) =>
    result.kind === 'invalid'
      ? result.issues.map(({ path, message }) => [path.join('.'), message])
      : [];

  it('stores it as queued in the chat of that person, and says so at once', async () => {
    await open();
    await bench.receive(amara);
    const message = await sent({ to: amara, text: 'Hello', clientMessageId: 'key-1' });
    expect(message).toMatchObject({
      phoneNumberId: businessNumberId,
      direction: 'OUTBOUND',
      content: { type: 'TEXT', body: 'Hello' },
      delivery: { stage: 'QUEUED', attempt: 0 },
      timestamp: bench.clock.now(),
      clientMessageId: 'key-1',
    });
    expect(message.conversationId).toBe((await chatWith(amara)).id);
  });

  it('begins a chat with somebody who has never written', async () => {
    await open();
    await sent({ to: tom, text: 'Hello' });
    expect((await chatWith(tom)).contact.phoneNumber).toBe(tom);
  });

  it('stores text without NUL and half emoji', async () => {
    await open();
    expect(await sent({ to: amara, text: 'a\0b\uD83D' })).toMatchObject({
      content: { body: 'ab\uFFFD' },
    });
  });

  it('names what is wrong in itself and what does not fit the store, all at once', async () => {
    await open();
    await bench.receive(amara);
    await sent({ to: tom, text: 'Hello' });
    const elsewhere = (await bench.messages.page({ phoneNumber: amara, page: { last: 1 } }))
      .items[0];
    const result = await send({ to: tom, text: '', replyToId: elsewhere?.id });
    expect(issuesOf(result)).toEqual([
      ['text', expect.stringContaining('1 to 4096')],
      ['replyToId', expect.stringContaining('another conversation')],
    ]);
    expect(result).toMatchObject({
      message: expect.stringContaining('another conversation') as string,
    });
  });

  it('quotes a message of the same chat by its wamid', async () => {
    await open();
    await bench.receive(amara, 'wamid.theirs');
    const question = (await bench.messages.page({ page: { last: 1 } })).items[0];
    const chat = await chatWith(amara);
    const byChat = await sent({ conversationId: chat.id, text: 'Yes', replyToId: question?.id });
    const byNumber = await sent({ to: amara, text: 'Yes', replyToId: question?.id });
    expect([byChat.replyToWamid, byNumber.replyToWamid]).toEqual(['wamid.theirs', 'wamid.theirs']);
  });

  it('refuses to quote what is not there, what nobody has accepted, and anything to a stranger', async () => {
    await open();
    await bench.receive(amara);
    const theirs = (await bench.messages.page({ page: { last: 1 } })).items[0];
    const ours = await sent({ to: amara, text: 'Hello' });
    const replyToId = 'msg_01JD0000000000000000000009';
    expect(issuesOf(await send({ to: amara, text: 'x', replyToId }))).toEqual([
      ['replyToId', 'There is no message with this id.'],
    ]);
    expect(issuesOf(await send({ to: amara, text: 'x', replyToId: ours.id }))).toEqual([
      ['replyToId', expect.stringContaining('not accepted this message yet')],
    ]);
    expect(issuesOf(await send({ to: tom, text: 'x', replyToId: theirs?.id }))).toEqual([
      ['replyToId', expect.stringContaining('another conversation')],
    ]);
  });

  it("refuses the business number itself, once it is known from a customer's message", async () => {
    await open();
    await bench.receive(amara);
    expect(issuesOf(await send({ to: '15555550100', text: 'x' }))).toEqual([
      ['to', expect.stringContaining('business number itself')],
    ]);
  });

  it('says which settings are missing, after what is wrong with the input', async () => {
    await open({
      token: null,
      phoneNumberIds: [],
      missingSettings: ['WHATSAPP_TOKEN', 'WHATSAPP_PHONE_NUMBER_ID'],
    });
    const result = await send({ to: amara, text: 'Hello' });
    expect(result).toMatchObject({
      kind: 'not-configured',
      missingSettings: ['WHATSAPP_TOKEN', 'WHATSAPP_PHONE_NUMBER_ID'],
    });
    expect((await send({ to: amara, text: '' })).kind).toBe('invalid');
    expect((await send({ conversationId: 'nonsense', text: 'x' })).kind).toBe('not-configured');
  });

  it('names the setting when a chat belongs to a number that is no longer ours', async () => {
    await open({ phoneNumberIds: ['442201188361527'] });
    await bench.receive(amara);
    const [chat] = await bench.conversations.allByPhoneNumber(amara);
    const result = await send({ conversationId: chat?.id, text: 'Hello' });
    expect(result).toMatchObject({
      kind: 'not-configured',
      missingSettings: ['WHATSAPP_PHONE_NUMBER_ID'],
      message: expect.stringContaining(businessNumberId) as string,
    });
  });

  it.each(['nonsense', '', 'cnv_01JD0000000000000000000009'])(
    'finds no conversation %j',
    async (id) => {
      await open();
      expect(await send({ conversationId: id, text: 'Hello' })).toMatchObject({
        kind: 'not-found',
      });
    },
  );

  describe('with a key', () => {
    beforeEach(() => open());

    it('gives the same message back, and sends it once', async () => {
      bench.start();
      const input = { to: amara, text: 'Hello', clientMessageId: 'key-1' };
      const results = await Promise.all([send(input), send(input), send(input)]);
      await bench.idle();
      const again = await sent(input);
      expect(new Set(results.map((result) => messageOf(result).id))).toEqual(new Set([again.id]));
      expect(bench.sentTexts()).toEqual(['Hello']);
    });

    it('refuses the key for another text, and shows what it was used for', async () => {
      const first = await sent({ to: amara, text: 'Hello', clientMessageId: 'key-1' });
      const result = await send({ to: amara, text: 'Bye', clientMessageId: 'key-1' });
      expect(result).toMatchObject({ kind: 'conflict', earlier: { id: first.id } });
    });

    it('takes the same key of another sender for another message', async () => {
      const input = { to: amara, text: 'Hello', clientMessageId: 'key-1' };
      const first = await sent(input);
      expect(messageOf(await send(input, 'somebody else')).id).not.toBe(first.id);
    });

    it('gives the message back although the window has closed since, or somebody has written', async () => {
      await bench.receive(amara);
      const before = (await bench.messages.page({ page: { last: 1 } })).items[0];
      const input = {
        to: amara,
        text: 'Hello',
        clientMessageId: 'key-1',
        expectedLastMessageId: before?.id,
      };
      const first = await sent(input);
      bench.clock.advance(25 * hourMs);
      expect((await sent(input)).id).toBe(first.id);
      expect((await send({ ...input, text: 'Bye' })).kind).toBe('conflict');
      expect((await send({ ...input, clientMessageId: 'key-2' })).kind).toBe('window-closed');
    });
  });

  it('refuses when the window is closed, and says since when', async () => {
    await open();
    await bench.receive(amara);
    const openedAt = bench.clock.now();
    bench.clock.advance(24 * hourMs - 1);
    expect((await send({ to: amara, text: 'Just in time' })).kind).toBe('message');
    bench.clock.advance(1);
    expect(await send({ to: amara, text: 'Too late' })).toMatchObject({
      kind: 'window-closed',
      closedAt: openedAt + 24 * hourMs,
    });
    await bench.receive(amara);
    expect((await send({ to: amara, text: 'Again' })).kind).toBe('message');
  });

  it('refuses when somebody wrote meanwhile, and shows what', async () => {
    await open();
    await bench.receive(amara);
    const seen = (await bench.messages.page({ page: { last: 1 } })).items[0];
    bench.clock.advance(secondMs);
    const ours = await sent({ to: amara, text: 'One', expectedLastMessageId: seen?.id });
    expect(await send({ to: amara, text: 'Two', expectedLastMessageId: seen?.id })).toMatchObject({
      kind: 'stale',
      lastMessage: { id: ours.id },
    });
    expect((await send({ to: amara, text: 'Two', expectedLastMessageId: ours.id })).kind).toBe(
      'message',
    );
  });
});

function messageOf(result: SendResult): Message {
  if (result.kind !== 'message') throw new Error(`Refused: ${result.message}`);
  return result.message;
}
