import { StoreUnavailableError } from '../../api/errors.ts';
import { amara, openGraphQLBench, tom } from '../kit/benches/graphql-bench.ts';
import type { GraphQLBench } from '../kit/benches/graphql-bench.ts';
import { valueAt } from '../kit/clients/graphql-client.ts';
import { follow } from '../kit/clients/live-client.ts';

let bench: GraphQLBench;
beforeEach(async () => {
  bench = await openGraphQLBench();
});
afterEach(() => bench.close());

describe('an operation asks the store', () => {
  it('the same few times for one message as for fifty', async () => {
    const [quoted = ''] = await bench.writes(amara, 'Quote me');
    for (let count = 0; count < 49; count += 1) {
      const context = { from: '15555550100', id: quoted };
      await bench.delivers(amara, {
        type: 'text',
        text: { body: `text ${String(count)}` },
        context,
      });
    }
    await bench.delivers(amara, {
      type: 'reaction',
      reaction: { message_id: quoted, emoji: '👍' },
    });
    bench.watched.reset();
    const { data, errors } = await bench.ask(`{ messages(last: 51) { nodes {
      text replyTo { text reactions { emoji } } reactions { emoji }
      conversation { contact { displayName } lastMessage { text } }
      content { ... on ReactionContent { target { text } } }
    } } }`);
    expect(errors).toEqual([]);
    expect(valueAt(data, 'messages.nodes')).toHaveLength(51);
    expect(Object.fromEntries(bench.watched.calls)).toEqual({
      'messages.page': 1,
      'messages.byWamids': 1,
      'messages.byIds': 1,
      'messages.reactionsTo': expect.any(Number) as unknown,
      'conversations.byIds': 1,
    });
    expect(bench.watched.calls.get('messages.reactionsTo')).toBeLessThanOrEqual(2);
  });

  it('the same few times for one conversation as for thirty', async () => {
    for (let count = 0; count < 30; count += 1) {
      const phoneNumber = String(447700900200 + count);
      await bench.writes({ phoneNumber, name: `Customer ${String(count)}` }, 'Hello');
    }
    bench.watched.reset();
    const { data, errors } = await bench.ask(`{ conversations(first: 30) { totalUnread nodes {
      contact { displayName } unreadCount lastMessage { text status reactions { emoji } conversation { id } }
    } } }`);
    expect(errors).toEqual([]);
    expect(valueAt(data, 'conversations.nodes')).toHaveLength(30);
    expect(Object.fromEntries(bench.watched.calls)).toEqual({
      'conversations.page': 1,
      'conversations.totalUnread': 1,
      'messages.byIds': 1,
      'messages.reactionsTo': 1,
      'conversations.byIds': 1,
    });
  });

  it('the same few times for one event as for fifty', async () => {
    const [quoted = ''] = await bench.writes(amara, 'Quote me');
    const follower = follow(bench.app.url, {
      query: `subscription { messageEvents { cursor type
        message { text replyTo { text } reactions { emoji } }
        conversation { lastMessage { text reactions { emoji } } } } }`,
    });
    try {
      await follower.until(({ events }) => events.length === 1);
      bench.watched.reset();
      await bench.delivers(amara, {
        type: 'text',
        text: { body: 'this one' },
        context: { from: '15555550100', id: quoted },
      });
      await bench.writes(amara, ...Array.from({ length: 50 }, (_, index) => `text ${index}`));
      await follower.until(({ events }) => events.length === 52);
      const { calls } = bench.watched;
      const looks = ['messages.byIds', 'messages.byWamids', 'messages.reactionsTo'];
      // Once for each of the two deliveries, and once more where the last message is another one.
      for (const look of looks) expect(calls.get(look) ?? 0).toBeLessThanOrEqual(4);
      expect(calls.get('conversations.byIds')).toBeLessThanOrEqual(4);
    } finally {
      await follower.stop();
    }
  });

  it('anew in the next operation', async () => {
    await bench.writes(amara, 'Hello');
    const unread = async () => {
      const { data } = await bench.ask(
        '{ conversation(phoneNumber: "15555550142") { unreadCount } }',
      );
      return valueAt(data, 'conversation.unreadCount');
    };
    expect(await unread()).toBe(1);
    await bench.writes(amara, 'Hello again');
    expect(await unread()).toBe(2);
  });
});

describe('a failure', () => {
  it('that nobody expects is hidden, and logged once with its cause', async () => {
    await bench.close();
    const lines: Record<string, unknown>[] = [];
    const { pino } = await import('pino');
    const log = pino(
      { level: 'warn' },
      { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
    );
    bench = await openGraphQLBench({ overrides: { log } });
    const secret = new Error('connection to 10.1.2.3 refused', { cause: new Error('the cause') });
    bench.watched.fail('messages.page', secret);
    const { status, data, errors } = await bench.ask(
      '{ health { version } messages { nodes { id } } }',
    );
    expect([status, data]).toEqual([500, null]);
    expect(errors).toMatchObject([
      {
        message: 'Unexpected error.',
        path: ['messages'],
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ]);
    expect(JSON.stringify(errors)).not.toContain('10.1.2.3');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 50, msg: 'an operation failed unexpectedly' });
    expect(JSON.stringify(lines[0])).toContain('the cause');
  });

  it('of the store says so, with 503', async () => {
    bench.watched.fail('messages.page', new StoreUnavailableError('disk full at /data/x'));
    const { status, errors } = await bench.ask('{ messages { nodes { id } } }');
    expect(status).toBe(503);
    expect(errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    expect(errors[0]?.message).toBe(
      'The store cannot be reached or written at the moment. Try again.',
    );
  });

  it('of a part leaves the rest', async () => {
    await bench.writes(tom, 'Hello');
    bench.watched.fail('messages.byIds', new Error('broken'));
    const { status, data, errors } = await bench.ask(
      '{ conversations { nodes { contact { displayName } lastMessage { id } } } }',
    );
    expect(status).toBe(200);
    expect(data).toEqual({
      conversations: { nodes: [{ contact: { displayName: 'Tom Aldridge' }, lastMessage: null }] },
    });
    expect(errors).toHaveLength(1);
    bench.watched.fail('messages.byIds', null);
    expect((await bench.ask('{ conversations { nodes { lastMessage { id } } } }')).errors).toEqual(
      [],
    );
  });
});
