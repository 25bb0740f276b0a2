import { getIntrospectionQuery } from 'graphql';
import { limits } from '../../api/graphql/limits.ts';
import { follow, openRawSocket } from '../kit/clients/live-client.ts';
import { ask, answerIn } from '../kit/clients/graphql-client.ts';
import { startTestApp } from '../kit/test-app.ts';
import type { TestApp } from '../kit/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const nested = (depth: number) =>
  `{ conversations(first: 1) { nodes ${'{ lastMessage { conversation '.repeat(depth)} { id } ${'} }'.repeat(depth)} } }`;
const aliased = (count: number) =>
  `{ ${Array.from({ length: count }, (_, index) => `a${String(index)}: __typename`).join(' ')} }`;
const bomb = (size: number) =>
  `query($size: Int) { conversations(first: $size) { nodes { messages(last: $size) { nodes { id text } } } } }
  # ${String(size)}`;
// Each fragment holds the next one twice: 2^20 fields, were they counted one by one.
const laughs = `{ messages(last: 200) { nodes { ...F0 } } } ${Array.from(
  { length: 8 },
  (_, index) =>
    `fragment F${String(index)} on Message { replyTo { ...F${String(index + 1)} } a: replyTo { ...F${String(index + 1)} } }`,
).join(' ')} fragment F8 on Message { id }`;
const loop =
  '{ messages { nodes { ...A } } } fragment A on Message { replyTo { ...B } } fragment B on Message { replyTo { ...A } }';

describe('a request that asks for too much is refused by the name and value of the limit', () => {
  it.each([
    ['depth', limits.depth, nested(5)],
    ['aliases', limits.aliases, aliased(limits.aliases + 1)],
    ['depth', limits.depth, laughs],
  ])('%s, %i', async (limit, value, query) => {
    const { status, data, errors } = await ask(app.url, query);
    expect([status, data]).toEqual([400, undefined]);
    const refusal = errors.find(({ extensions }) => extensions?.['limit'] === limit);
    expect(refusal).toMatchObject({ extensions: { code: 'LIMIT_EXCEEDED', limit, value } });
    expect(refusal?.message).toContain(`limit is ${String(value)}`);
  });

  it('cost, by page sizes in variables and defaults', async () => {
    const { status, errors } = await ask(app.url, bomb(200), { variables: { size: 200 } });
    expect(status).toBe(400);
    expect(errors).toMatchObject([
      { extensions: { code: 'LIMIT_EXCEEDED', limit: 'cost', value: limits.cost } },
    ]);
    expect(errors[0]?.message).toContain(`the cost limit is ${String(limits.cost)}`);
    const byDefault =
      'query($size: Int = 200) { conversations(first: $size) { nodes { messages(last: $size) { nodes { id } } } } }';
    expect((await ask(app.url, byDefault)).errors[0]?.extensions).toMatchObject({ limit: 'cost' });
    expect((await ask(app.url, bomb(10), { variables: { size: 10 } })).errors).toEqual([]);
  });

  it('tokens', async () => {
    const { status, errors } = await ask(app.url, `{ ${'__typename '.repeat(limits.tokens)} }`);
    expect(status).toBe(400);
    expect(errors[0]?.message).toContain(`${String(limits.tokens)} tokens`);
  });

  it('body', async () => {
    const response = await app.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: '{ __typename }',
        variables: { x: 'x'.repeat(limits.bodyBytes) },
      }),
    });
    const { status, errors } = await answerIn(response);
    expect(status).toBe(413);
    expect(errors[0]?.message).toContain(`body limit of ${String(limits.bodyBytes)} bytes`);
  });

  it('batch', async () => {
    const response = await app.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
    });
    const { status, errors } = await answerIn(response);
    expect(status).toBe(400);
    expect(errors[0]?.message).toBe('The batch limit is 1: send one operation in each request.');
    expect(errors[0]?.extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'batch', value: 1 });
  });

  it('the same over WebSocket', async () => {
    const follower = follow(app.url, { query: nested(5).replace('{', 'query {') });
    await follower.until(({ failures }) => failures.length > 0);
    expect(JSON.stringify(follower.failures)).toContain('"limit":"depth"');
    expect(JSON.stringify(follower.failures)).not.toContain('"http"');
    await follower.stop();
  });

  it('subscriptions of one WebSocket', async () => {
    const { socket, send } = await openRawSocket(app.url);
    const refused = new Promise<string>((resolve) => {
      socket.on('message', (data: Buffer) => {
        if (data.toString().includes('"error"')) resolve(data.toString());
      });
    });
    const acknowledged = new Promise((resolve) => socket.once('message', resolve));
    send({ type: 'connection_init' });
    await acknowledged;
    for (let id = 0; id <= limits.subscriptionsPerSocket; id += 1) {
      send({
        id: String(id),
        type: 'subscribe',
        payload: { query: 'subscription { messageEvents { cursor } }' },
      });
    }
    expect(await refused).toContain(`limit is ${String(limits.subscriptionsPerSocket)}`);
    socket.terminate();
  });

  it('size of a WebSocket message', async () => {
    const { socket, send } = await openRawSocket(app.url);
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    send({ type: 'connection_init', payload: { x: 'x'.repeat(limits.bodyBytes) } });
    expect(await closed).toBe(1009);
  });
});

describe('what people ask for is well within the limits', () => {
  it('introspection, as tools ask', async () => {
    const { errors } = await ask(app.url, getIntrospectionQuery({ inputValueDeprecation: true }));
    expect(errors).toEqual([]);
  });

  it('the largest page with everything that a chat shows', async () => {
    const { errors } = await ask(
      app.url,
      `{ messages(last: 200) { nodes { id text type status timestamp
      conversation { id contact { displayName } } error { code title advice retryable } replyTo { id text type content { __typename } }
      reactions { emoji byCustomer at } content { __typename ... on MediaContent { fileName caption voice mimeType size }
      ... on ContactsContent { cards { name phones emails organization } } ... on OrderContent { items { productId quantity price } } } } } }`,
    );
    expect(errors).toEqual([]);
  });
});

it('a fragment that holds itself is refused, and quickly', async () => {
  const startedAt = performance.now();
  const { status, errors } = await ask(app.url, loop);
  expect(status).toBe(400);
  expect(errors.map(({ message }) => message).join()).toContain('Cannot spread fragment');
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
