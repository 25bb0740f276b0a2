import { hourMs } from '../../api/clock.ts';
import { amara, openRestBench, tom } from '../kit/benches/rest-bench.ts';
import type { RestAnswer, RestBench } from '../kit/benches/rest-bench.ts';

const text: unknown = expect.any(String);
const messageId: unknown = expect.stringMatching(/^msg_/);
const conversationId: unknown = expect.stringMatching(/^cnv_/);

let bench: RestBench;
beforeEach(async () => {
  bench = await openRestBench();
});
afterEach(() => bench.close());

describe('GET messages', () => {
  it('tells every field of both directions', async () => {
    const { amaraWrites, send, get, clock } = bench;
    await amaraWrites('Where is my order?', 60);
    await send({ to: amara, message: 'On its way' });
    const { status, json } = await get('/messages');
    expect(status).toBe(200);
    expect(json).toEqual({
      messages: [
        {
          id: messageId,
          message_id: expect.stringMatching(/^wamid\./) as unknown,
          from: amara,
          to: '15555550100',
          message: 'Where is my order?',
          message_type: 'text',
          direction: 'incoming',
          status: 'received',
          timestamp: new Date(clock.now() - 60_000).toISOString(),
          error: null,
        },
        {
          id: messageId,
          message_id: 'wamid.stub-1',
          from: '15555550100',
          to: amara,
          message: 'On its way',
          message_type: 'text',
          direction: 'outgoing',
          status: 'sent',
          timestamp: new Date(clock.now()).toISOString(),
          error: null,
        },
      ],
      next: null,
      previous: null,
    });
  });

  it('says why a message failed', async () => {
    bench.stub.answerWith(() => ({ kind: 'refuse', code: 131026 }));
    await bench.send({ to: amara, message: 'Hello' });
    const { body } = await bench.get('/messages');
    expect(body.messages[0]).toMatchObject({
      status: 'failed',
      from: null,
      error: { code: 131026, title: text, advice: text },
    });
  });

  it('is empty at first', async () => {
    expect((await bench.get('/messages')).json).toEqual({
      messages: [],
      next: null,
      previous: null,
    });
  });

  it('reads back to the beginning by previous, and forward again by next', async () => {
    const { amaraWrites, get } = bench;
    for (const written of ['1', '2', '3', '4', '5']) {
      await amaraWrites(written, 100 - Number(written));
    }
    const textsOf = ({ body }: RestAnswer) => body.messages.map(({ message }) => message);

    const newest = await get('/messages?limit=2');
    expect(textsOf(newest)).toEqual(['4', '5']);
    expect(newest.body.next).toBeNull();
    const middle = await get(`/messages?limit=2&before=${newest.body.previous ?? ''}`);
    expect(textsOf(middle)).toEqual(['2', '3']);
    const oldest = await get(`/messages?limit=2&before=${middle.body.previous ?? ''}`);
    expect(textsOf(oldest)).toEqual(['1']);
    expect(oldest.body.previous).toBeNull();
    const forward = await get(`/messages?limit=3&after=${oldest.body.next ?? ''}`);
    expect(textsOf(forward)).toEqual(['2', '3', '4']);
    const end = await get(`/messages?limit=3&after=${forward.body.next ?? ''}`);
    expect(textsOf(end)).toEqual(['5']);
    expect(end.body.next).toBeNull();
  });

  it('filters by the phone number of the person', async () => {
    await bench.amaraWrites('Hello');
    await bench.send({ to: tom, message: 'Hello Tom' });
    const { body } = await bench.get(`/messages?phone_number=${tom}`);
    expect(body.messages).toEqual([expect.objectContaining({ to: tom, message: 'Hello Tom' })]);
    expect((await bench.get('/messages?phone_number=4912345678')).body.messages).toEqual([]);
  });

  it('answers 422 with the field for what it cannot use', async () => {
    const cursorOfAConversation = 'MTpjbnZfMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA';
    for (const [query, field] of [
      ['limit=0', 'limit'],
      ['limit=201', 'limit'],
      ['limit=-1', 'limit'],
      ['limit=ten', 'limit'],
      ['limit=1.5', 'limit'],
      ['limit=', 'limit'],
      ['limit=5&limit=6', 'limit'],
      ['before=garbage', 'before'],
      [`after=${cursorOfAConversation}`, 'after'],
      ['phone_number=%2B15555550142', 'phone_number'],
      ['phone_number=abc', 'phone_number'],
      ['phone_number=', 'phone_number'],
    ]) {
      const { status, body } = await bench.get(`/messages?${query ?? ''}`);
      expect([query, status]).toEqual([query, 422]);
      expect(body.issues).toEqual([{ path: [field], message: text }]);
    }
  });

  it('takes pages of 1 and of 200', async () => {
    expect((await bench.get('/messages?limit=1')).status).toBe(200);
    expect((await bench.get('/messages?limit=200')).status).toBe(200);
  });
});

describe('GET conversations', () => {
  it('tells every field, newest activity first', async () => {
    const { amaraWrites, send, get, clock } = bench;
    await amaraWrites('Where is my order?', 60);
    await send({ to: tom, message: 'Hello Tom' });
    expect((await get('/conversations')).json).toEqual({
      conversations: [
        {
          id: conversationId,
          phone_number: tom,
          name: `+${tom}`,
          last_message: 'Hello Tom',
          last_message_time: new Date(clock.now()).toISOString(),
          unread_count: 0,
          window_expires_at: null,
        },
        {
          id: conversationId,
          phone_number: amara,
          name: 'Amara Okafor',
          last_message: 'Where is my order?',
          last_message_time: new Date(clock.now() - 60_000).toISOString(),
          unread_count: 1,
          window_expires_at: new Date(clock.now() - 60_000 + 24 * hourMs).toISOString(),
        },
      ],
      next: null,
    });
  });

  it('goes on where next says', async () => {
    const numbers = ['4912345670', '4912345671', '4912345672'];
    for (const to of numbers) {
      bench.clock.advance(1000);
      await bench.send({ to, message: 'Hello' });
    }
    const numbersOf = ({ body }: RestAnswer) =>
      body.conversations.map((conversation) => conversation.phone_number);
    const first = await bench.get('/conversations?limit=2');
    expect(numbersOf(first)).toEqual(['4912345672', '4912345671']);
    const second = await bench.get(`/conversations?limit=2&after=${first.body.next ?? ''}`);
    expect(numbersOf(second)).toEqual(['4912345670']);
    expect(second.body.next).toBeNull();
  });

  it('answers 422 for what it cannot use', async () => {
    for (const query of ['limit=0', 'limit=201', 'after=garbage'])
      expect((await bench.get(`/conversations?${query}`)).status).toBe(422);
  });
});
