import { StoreUnavailableError } from '../../api/errors.ts';
import { followEventStream } from '../kit/clients/event-stream-client.ts';
import { amara, lea, openGraphQLBench, tom } from '../kit/benches/graphql-bench.ts';
import type { GraphQLBench } from '../kit/benches/graphql-bench.ts';
import { textAt } from '../kit/clients/graphql-client.ts';
import { follow, openRawSocket } from '../kit/clients/live-client.ts';
import type { FollowOptions } from '../kit/clients/live-client.ts';
import { eventsQuery } from '../kit/clients/seen-events.ts';
import type { Follower } from '../kit/clients/seen-events.ts';

let bench: GraphQLBench;
let open: Follower[] = [];
beforeEach(async () => {
  bench = await openGraphQLBench();
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((follower) => follower.stop()));
  await bench.close();
});

/** Subscribes and waits for the first event. */
async function socket(options: FollowOptions = {}): Promise<Follower> {
  const follower = follow(bench.app.url, options);
  open.push(follower);
  await follower.until(({ events }) => events.length > 0);
  return follower;
}

async function stream(options: Parameters<typeof followEventStream>[1] = {}) {
  const follower = await followEventStream(bench.app.url, options);
  open.push(follower);
  await follower.until(({ events }) => events.length > 0);
  return follower;
}

const textsOf = ({ events }: Follower) => events.flatMap(({ text }) => text ?? []);
const typesOf = ({ events }: Follower) => events.map(({ type }) => type);

describe.each([
  ['WebSocket', socket],
  ['server-sent events', stream],
])('messageEvents over %s', (_name, subscribe: (options?: FollowOptions) => Promise<Follower>) => {
  it('begins with READY and goes on live', async () => {
    const follower = await subscribe();
    expect(typesOf(follower)).toEqual(['READY']);
    await bench.writes(amara, 'Hello');
    await follower.until(({ events }) => events.length === 2);
    expect(follower.events[1]).toMatchObject({ type: 'MESSAGE_ADDED', text: 'Hello' });
  });

  it('resumes after a cursor, without READY', async () => {
    const first = await subscribe();
    const after = first.events[0]?.cursor ?? '';
    await first.stop();
    await bench.writes(amara, 'one', 'two');
    const second = await subscribe({ variables: { after } });
    await bench.writes(amara, 'three');
    await second.until(({ events }) => events.length === 3);
    expect(textsOf(second)).toEqual(['one', 'two', 'three']);
  });

  it('brings what changed since a list was read', async () => {
    await bench.writes(amara, 'before');
    const { data } = await bench.ask('{ conversations { eventCursor nodes { id } } }');
    await bench.writes(amara, 'after');
    const follower = await subscribe({
      variables: { after: textAt(data, 'conversations.eventCursor') },
    });
    expect(textsOf(follower)).toEqual(['after']);
  });

  it('answers a garbled cursor with RESYNC, and goes on', async () => {
    const follower = await subscribe({ variables: { after: 'garbled' } });
    expect(typesOf(follower)).toEqual(['RESYNC']);
    await bench.writes(amara, 'Hello');
    await follower.until(({ events }) => events.length === 2);
  });

  it('follows one conversation, or one person', async () => {
    await bench.writes(amara, 'before');
    const { data } = await bench.ask('{ conversation(phoneNumber: "15555550142") { id } }');
    const conversationId = textAt(data, 'conversation.id');
    const byId = await subscribe({ variables: { conversationId } });
    const byNumber = await subscribe({ variables: { phoneNumber: tom.phoneNumber } });
    await bench.writes(lea, 'from Léa');
    await bench.writes(tom, 'from Tom');
    await bench.writes(amara, 'from Amara');
    await bench.writes(tom, 'end');
    await byNumber.until((follower) => textsOf(follower).includes('end'));
    await byId.until((follower) => textsOf(follower).length === 1);
    expect(textsOf(byNumber)).toEqual(['from Tom', 'end']);
    expect(textsOf(byId)).toEqual(['from Amara']);
  });

  it('ends with a reason when the store fails, and brings that event to who comes back', async () => {
    const follower = await subscribe();
    bench.watched.fail('conversations.firstUnread', new StoreUnavailableError('away'));
    const query = eventsQuery.replace('unreadCount', 'unreadCount firstUnread { id }');
    const fragile = await socket({ query });
    await bench.writes(amara, 'Hello');
    await fragile.until(({ isComplete }) => isComplete);
    expect(fragile.failures).toMatchObject([
      { errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }] },
    ]);
    await follower.until(({ events }) => events.length === 2);
    bench.watched.fail('conversations.firstUnread', null);
    const again = await socket({ query, variables: { after: fragile.events[0]?.cursor } });
    expect(textsOf(again)).toEqual(['Hello']);
  });

  it('answers each event once for all who ask the same, whatever they follow', async () => {
    await bench.writes(amara, 'before');
    const { data } = await bench.ask('{ conversation(phoneNumber: "15555550142") { id } }');
    const conversationId = textAt(data, 'conversation.id');
    const query = eventsQuery.replace('unreadCount', 'unreadCount firstUnread { id }');
    const followers = [
      ...(await Promise.all(Array.from({ length: 10 }, () => socket({ query })))),
      ...(await Promise.all(
        Array.from({ length: 10 }, () => socket({ query, variables: { conversationId } })),
      )),
    ];
    bench.watched.reset();
    await bench.writes(amara, 'Hello');
    for (const follower of followers) await follower.until(({ events }) => events.length === 2);
    expect(bench.watched.calls.get('conversations.firstUnread')).toBe(1);
    expect(new Set(followers.map(({ events }) => events[1]?.cursor)).size).toBe(1);
  });
});

describe('a refused subscription', () => {
  it.each([
    ['conversationId', { conversationId: 'nothing' }],
    ['phoneNumber', { phoneNumber: '+44 7700 900123' }],
  ])('names the argument %s, on both transports', async (argument, variables) => {
    const overSocket = follow(bench.app.url, { variables });
    const overStream = await followEventStream(bench.app.url, { variables });
    open.push(overSocket, overStream);
    for (const follower of [overSocket, overStream]) {
      await follower.until(({ failures }) => failures.length > 0);
      expect(follower.failures[0]).toMatchObject({
        errors: [{ extensions: { code: 'BAD_USER_INPUT', argument } }],
      });
    }
  });
});

describe('server-sent events', () => {
  it('carry their cursor as id, and are not held back by proxies', async () => {
    const follower = await stream();
    await bench.writes(amara, 'Hello');
    await follower.until(({ events }) => events.length === 2);
    expect(follower.raw()).toMatch(/^:\n\n/);
    const ids = Array.from(follower.raw().matchAll(/^id: (.+)$/gm), ([, id]) => id);
    expect(ids).toEqual(follower.events.map(({ cursor }) => cursor));
    expect(follower.response.headers.get('x-accel-buffering')).toBe('no');
    expect(follower.response.headers.get('cache-control')).toContain('no-transform');
  });

  it('resume after Last-Event-ID, which outranks `after`', async () => {
    const first = await stream();
    const after = first.events[0]?.cursor ?? '';
    await bench.writes(amara, 'one', 'two');
    await first.until(({ events }) => events.length === 3);
    const second = await stream({
      headers: { 'last-event-id': first.events[1]?.cursor ?? '' },
      variables: { after },
    });
    expect(textsOf(second)).toEqual(['two']);
  });

  it('answer a GET, as EventSource asks', async () => {
    const query = encodeURIComponent('subscription { messageEvents { cursor type } }');
    const response = await bench.app.fetch(`/graphql?query=${query}`, {
      headers: { accept: 'text/event-stream' },
    });
    const reader = response.body?.getReader();
    let text = '';
    while (!text.includes('READY')) text += new TextDecoder().decode((await reader?.read())?.value);
    expect(text).toContain('event: next');
    await reader?.cancel();
  });

  it('are what a subscription over HTTP needs: 406 otherwise', async () => {
    const { status, errors } = await bench.ask('subscription { messageEvents { cursor } }');
    expect(status).toBe(406);
    expect(errors[0]?.message).toContain('text/event-stream');
  });

  it('carry a query as well: one result, then complete', async () => {
    const response = await bench.app.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(await response.text()).toContain('data: {"data":{"__typename":"Query"}}');
  });

  it('leave nothing behind when the client goes', async () => {
    const follower = await stream();
    await follower.stop();
    const count = async () => {
      const { data } = await bench.ask('{ health { subscribers } }');
      return data;
    };
    const giveUpAt = Date.now() + 5_000;
    for (;;) {
      const now = await count();
      if (JSON.stringify(now) === '{"health":{"subscribers":0}}') break;
      if (Date.now() > giveUpAt) expect(now).toEqual({ health: { subscribers: 0 } });
    }
  });
});

describe('a WebSocket', () => {
  it('carries queries, mutations and several subscriptions', async () => {
    const { socket: raw, send } = await openRawSocket(bench.app.url);
    const heard: { id?: string; type: string; payload?: unknown }[] = [];
    const until = (isThere: () => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (isThere()) resolve();
        };
        raw.on('message', look);
        look();
      });
    raw.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as never));
    send({ type: 'connection_init' });
    await until(() => heard.some(({ type }) => type === 'connection_ack'));
    const query = '{ conversations { totalUnread } }';
    send({ id: 'q', type: 'subscribe', payload: { query } });
    await until(() => heard.some(({ id, type }) => id === 'q' && type === 'complete'));
    expect(heard).toContainEqual({
      id: 'q',
      type: 'next',
      payload: { data: { conversations: { totalUnread: 0 } } },
    });
    const subscription = 'subscription { messageEvents { type } }';
    send({ id: 'a', type: 'subscribe', payload: { query: subscription } });
    send({ id: 'b"\\', type: 'subscribe', payload: { query: subscription } });
    await until(() => heard.filter(({ type }) => type === 'next').length === 3);
    send({ id: 'a', type: 'complete' });
    const mutation =
      'mutation { sendMessage(input: { to: "15555550142", text: "Hi" }) { __typename } }';
    send({ id: 'm', type: 'subscribe', payload: { query: mutation } });
    const ready = { data: { messageEvents: { type: 'READY' } } };
    const added = { data: { messageEvents: { type: 'MESSAGE_ADDED' } } };
    await until(() =>
      heard.some(({ payload }) => JSON.stringify(payload) === JSON.stringify(added)),
    );
    const toB = heard.filter(({ id }) => id === 'b"\\').map(({ payload }) => payload);
    expect(toB.slice(0, 2)).toEqual([ready, added]);
    expect(heard.filter(({ id }) => id === 'a')).toEqual([
      { id: 'a', type: 'next', payload: ready },
    ]);
    raw.terminate();
  });

  it('is closed with a code of the protocol for what is no message of it', async () => {
    for (const [message, code] of [
      ['not json', 4400],
      ['{"type":"unknown"}', 4400],
      [JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ __typename }' } }), 4401],
    ] as const) {
      const { socket: raw } = await openRawSocket(bench.app.url);
      const closed = new Promise<number>((resolve) => raw.once('close', resolve));
      raw.send(message);
      expect(await closed).toBe(code);
    }
    expect((await bench.ask('{ __typename }')).errors).toEqual([]);
  });

  it('tells parse errors, validation errors and unknown operations to its client alone', async () => {
    for (const query of ['{', '{ nothing }', 'subscription { nothing }']) {
      const follower = follow(bench.app.url, { query });
      await follower.until(({ failures }) => failures.length > 0);
      expect(follower.closed).toBeNull();
      await follower.stop();
    }
  });
});

describe('when the server stops', () => {
  it('sockets close with 1001 and streams break off, so that clients come back', async () => {
    const overSocket = await socket();
    const overStream = await stream();
    await bench.app.stop();
    await overSocket.until(({ closed }) => closed !== null);
    await overStream.until(({ closed }) => closed !== null);
    expect(overSocket.closed).toEqual({ code: 1001, reason: 'Going away' });
    expect([overSocket.isComplete, overStream.isComplete]).toEqual([false, false]);
  });
});
