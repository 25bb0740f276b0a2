import { dayMs, hourMs } from '../../api/clock.ts';
import { cursorOf, placeOf } from '../../api/messages/chat-order.ts';
import { amara, kiri, lea, openGraphQLBench, tom } from '../kit/benches/graphql-bench.ts';
import type { GraphQLBench } from '../kit/benches/graphql-bench.ts';
import { textAt, valueAt } from '../kit/clients/graphql-client.ts';
import { expectSoon } from '../kit/benches/rest-bench.ts';
import type { TestAppOptions } from '../kit/test-app.ts';

let bench: GraphQLBench;
const start = async (options?: TestAppOptions) => {
  bench = await openGraphQLBench(options);
  return bench;
};
afterEach(() => bench.close());

describe('reading', () => {
  it('tells how the server is', async () => {
    const { ask } = await start();
    const { data, errors } = await ask(`{ health {
      status configured missingSettings warnings version apiVersion phoneNumberId subscribers uptimeSeconds
      store { kind ok latencyMs detail } outbox { queued oldestQueuedAt failedLastDay unknown pausedReason }
      webhook { signatureChecked lastDeliveryAt rejectedLastDay setAsideLastDay }
    } }`);
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      health: {
        status: 'OK',
        configured: true,
        apiVersion: 'v26.0',
        store: { kind: 'EMBEDDED', ok: true, detail: null },
        outbox: { queued: 0, oldestQueuedAt: null, pausedReason: null },
        webhook: { signatureChecked: true, lastDeliveryAt: null },
      },
    });
  });

  it('lists conversations by their newest activity, with what an inbox shows', async () => {
    const { ask, writes, clock } = await start();
    await writes(tom, 'Is it ready?');
    await writes(amara, 'Hello', 'Anybody there?');
    const { data } = await ask(`{ conversations { totalUnread nodes {
      id phoneNumberId unreadCount lastActivityAt contact { phoneNumber profileName displayName userId username }
      lastMessage { text direction status timestamp } serviceWindow { state openedAt expiresAt }
    } } }`);
    const writtenAt = clock.now() - 60_000;
    expect(data).toMatchObject({
      conversations: {
        totalUnread: 3,
        nodes: [
          {
            unreadCount: 2,
            contact: { phoneNumber: amara.phoneNumber, displayName: 'Amara Okafor', userId: null },
            lastMessage: { text: 'Anybody there?', direction: 'INBOUND', status: 'RECEIVED' },
            lastActivityAt: new Date(writtenAt).toISOString(),
            serviceWindow: {
              state: 'OPEN',
              openedAt: new Date(writtenAt).toISOString(),
              expiresAt: new Date(writtenAt + dayMs).toISOString(),
            },
          },
          { unreadCount: 1, contact: { displayName: 'Tom Aldridge' } },
        ],
      },
    });
  });

  it('finds conversations by name and by what is unread', async () => {
    const { ask, writes } = await start();
    await writes(amara, 'Hello');
    await writes(lea, 'Bonjour');
    const found = async (filter: unknown) => {
      const { data } = await ask(
        'query($filter: ConversationFilter) { conversations(filter: $filter) { totalUnread nodes { contact { displayName } } } }',
        { variables: { filter } },
      );
      return data;
    };
    expect(await found({ search: 'lea' })).toEqual({
      conversations: { totalUnread: 1, nodes: [{ contact: { displayName: 'Léa Fontaine' } }] },
    });
    expect(await found({ search: 'nobody' })).toEqual({
      conversations: { totalUnread: 0, nodes: [] },
    });
    expect(await found({ unreadOnly: true, search: null })).toMatchObject({
      conversations: { totalUnread: 2 },
    });
  });

  it('pages through a chat in its order, upwards from its end without being told', async () => {
    const { ask, writes } = await start();
    await writes(amara, ...Array.from({ length: 60 }, (_, index) => `text ${String(index)}`));
    const page = async (variables: Readonly<Record<string, unknown>> = {}) => {
      const { data } = await ask(
        `query($first: Int, $after: String, $last: Int, $before: String) {
          messages(phoneNumber: "15555550142", first: $first, after: $after, last: $last, before: $before) {
            edges { cursor node { text } } nodes { text } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
        { variables },
      );
      const texts = (valueAt(data, 'messages.nodes') as { text: string }[]).map(({ text }) => text);
      return { texts, info: valueAt(data, 'messages.pageInfo'), data };
    };
    const newest = await page();
    expect(newest.texts).toHaveLength(50);
    expect(newest.texts.at(-1)).toBe('text 59');
    expect(newest.info).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(valueAt(newest.data, 'messages.edges.0.cursor')).toBe(
      textAt(newest.info, 'startCursor'),
    );
    const older = await page({ last: 20, before: textAt(newest.info, 'startCursor') });
    expect(older.texts).toEqual(Array.from({ length: 10 }, (_, index) => `text ${String(index)}`));
    expect(older.info).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const onwards = await page({ first: 3, after: textAt(older.info, 'endCursor') });
    expect(onwards.texts).toEqual(['text 10', 'text 11', 'text 12']);
  });

  it('opens a chat at what is unread, at any message, and at a time', async () => {
    const { ask, writes } = await start();
    await writes(amara, 'first', 'second', 'third');
    const unread = async () => {
      const { data } = await ask(
        '{ conversation(phoneNumber: "15555550142") { id firstUnread { text cursor timestamp } } }',
      );
      return valueAt(data, 'conversation');
    };
    const chat = await unread();
    expect(valueAt(chat, 'firstUnread.text')).toBe('first');
    const texts = async (condition: string) => {
      const { data } = await ask(`{ messages(${condition}) { nodes { text } } }`);
      return (valueAt(data, 'messages.nodes') as { text: string }[]).map(({ text }) => text);
    };
    const cursor = textAt(chat, 'firstUnread.cursor');
    expect(await texts(`first: 5, after: "${cursor}"`)).toEqual(['second', 'third']);
    const time = textAt(chat, 'firstUnread.timestamp');
    expect(await texts(`first: 1, since: "${time}"`)).toEqual(['first']);
    expect(await texts(`last: 5, until: "${time}"`)).toEqual([]);
    const id = textAt(chat, 'id');
    await ask(`mutation { markConversationRead(conversationId: "${id}") { __typename } }`);
    expect(await unread()).toEqual({ id, firstUnread: null });
  });

  it('finds messages by words, and takes the search as data', async () => {
    const { ask, writes } = await start();
    await writes(amara, 'Die Rechnung über 40 €', 'Danke');
    const hits = async (search: string) => {
      const { data } = await ask(
        'query($search: String) { messages(search: $search) { nodes { text } } }',
        {
          variables: { search },
        },
      );
      return valueAt(data, 'messages.nodes');
    };
    expect(await hits('uber rech')).toEqual([{ text: 'Die Rechnung über 40 €' }]);
    expect(await hits('" OR 1=1 --')).toEqual([]);
    expect(await hits('danke NOT')).toEqual([]);
  });

  it('finds anything by its id, and nothing by what is no id', async () => {
    const { ask, writes } = await start();
    await writes(amara, 'Hello');
    const { data } = await ask(
      '{ conversation(phoneNumber: "15555550142") { id contact { id } lastMessage { id } messages { nodes { id } } } }',
    );
    const ids = ['id', 'contact.id', 'lastMessage.id'].map((path) =>
      textAt(data, `conversation.${path}`),
    );
    const node = (id: string) =>
      ask(
        'query($id: ID!) { node(id: $id) { __typename id } message(id: $id) { id } conversation(id: $id) { id } }',
        {
          variables: { id },
        },
      );
    const types = await Promise.all(
      ids.map(async (id) => valueAt((await node(id)).data, 'node.__typename')),
    );
    expect(types).toEqual(['Conversation', 'Contact', 'Message']);
    for (const id of [
      '',
      'nothing',
      'msg_01M85EVWKK0TCEF437PDXHYTV2',
      'dlv_01M85EVWKK0TCEF437PDXHYTV2',
    ]) {
      expect((await node(id)).data).toEqual({ node: null, message: null, conversation: null });
    }
  });

  it('shows the content of every kind', async () => {
    const { ask, delivers } = await start();
    const target = await delivers(kiri, { type: 'text', text: { body: 'Quote me' } });
    await delivers(kiri, {
      type: 'image',
      image: { id: '1', mime_type: 'image/jpeg', sha256: 'x', caption: 'Look' },
      context: { from: '15555550100', id: target },
    });
    await delivers(kiri, {
      type: 'location',
      location: { latitude: -33.9, longitude: 18.4, name: 'Harbour' },
    });
    await delivers(kiri, { type: 'reaction', reaction: { message_id: target, emoji: '👍' } });
    await delivers(kiri, { type: 'hologram', hologram: {} });
    const { data, errors } =
      await ask(`{ messages { nodes { type text replyTo { text } reactions { emoji byCustomer }
      content { __typename
        ... on TextContent { body } ... on MediaContent { kind mimeType caption voice animated state url width height durationSeconds size fileName }
        ... on LocationContent { latitude longitude name address } ... on ReactionContent { emoji target { text } }
        ... on UnsupportedContent { rawType reason } } } } }`);
    expect(errors).toEqual([]);
    expect(valueAt(data, 'messages.nodes')).toMatchObject([
      {
        type: 'TEXT',
        content: { body: 'Quote me' },
        reactions: [{ emoji: '👍', byCustomer: true }],
      },
      {
        type: 'IMAGE',
        text: 'Look',
        replyTo: { text: 'Quote me' },
        content: { kind: 'IMAGE', caption: 'Look', voice: false, state: 'PENDING', url: null },
      },
      { type: 'LOCATION', content: { latitude: -33.9, longitude: 18.4, name: 'Harbour' } },
      { type: 'REACTION', content: { emoji: '👍', target: { text: 'Quote me' } } },
      { type: 'UNSUPPORTED', content: { rawType: 'hologram' } },
    ]);
  });
});

describe('a refused argument', () => {
  const aMessage = placeOf(0, 'msg_01M85EVWKK0TCEF437PDXHYTV2');
  const aConversation = placeOf(0, 'cnv_01M85EVWKK0TCEF437PDXHYTV2');

  it.each([
    ['first', '{ messages(first: 0) { nodes { id } } }'],
    ['first', '{ conversations(first: 201) { nodes { id } } }'],
    ['last', '{ messages(last: -1) { nodes { id } } }'],
    ['last', '{ messages(first: 1, last: 1) { nodes { id } } }'],
    ['after', '{ messages(after: "garbled") { nodes { id } } }'],
    ['before', '{ conversations(before: "") { nodes { id } } }'],
    ['after', `{ conversations(after: "${cursorOf(aMessage)}") { nodes { id } } }`],
    ['before', `{ messages(before: "${cursorOf(aConversation)}") { nodes { id } } }`],
    ['conversationId', '{ messages(conversationId: "nothing") { nodes { id } } }'],
    [
      'conversationId',
      '{ messages(conversationId: "msg_01M85EVWKK0TCEF437PDXHYTV2") { nodes { id } } }',
    ],
    ['phoneNumber', '{ messages(phoneNumber: "+44 7700 900123") { nodes { id } } }'],
    ['phoneNumber', '{ conversation(phoneNumber: "abc") { id } }'],
    ['id', '{ conversation { id } }'],
    [
      'id',
      '{ conversation(id: "cnv_01M85EVWKK0TCEF437PDXHYTV2", phoneNumber: "15555550142") { id } }',
    ],
  ])('is named: %s of %s', async (argument, query) => {
    const { ask } = await start();
    const { errors } = await ask(query);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
    expect(errors[0]?.message).toMatch(/\w+ \w+/);
  });
});

const send = `mutation($input: SendMessageInput!) { sendMessage(input: $input) { __typename
  ... on Message { id text status clientMessageId wamid error { code title advice retryable } conversation { id } }
  ... on Error { message } ... on InvalidInputError { issues { path message } }
  ... on NotConfiguredError { missingSettings } ... on ServiceWindowClosedError { closedAt }
  ... on StaleConversationError { lastMessage { text } } } }`;

describe('sending', () => {
  const sends = async (input: Readonly<Record<string, unknown>>) => {
    const { data, errors } = await bench.ask(send, { variables: { input } });
    expect(errors).toEqual([]);
    return valueAt(data, 'sendMessage');
  };

  it('stores the message, and WhatsApp gets it once for one key', async () => {
    const { stub } = await start();
    const input = { to: tom.phoneNumber, text: 'Your order is ready', clientMessageId: 'key-1' };
    const first = await sends(input);
    expect(first).toMatchObject({ __typename: 'Message', text: 'Your order is ready' });
    expect(await sends(input)).toMatchObject({ id: textAt(first, 'id') });
    await expectSoon(async () => {
      const { data } = await bench.ask(
        'query($id: ID!) { message(id: $id) { status wamid sentAt } }',
        {
          variables: { id: textAt(first, 'id') },
        },
      );
      expect(data).toMatchObject({
        message: { status: 'SENT', wamid: expect.any(String) as unknown },
      });
    });
    expect(stub.requests.filter(({ body }) => body['type'] === 'text')).toHaveLength(1);
  });

  it('says what is wrong with the input, and where', async () => {
    await start();
    expect(await sends({ to: '+44 7700 900123', text: ' ' })).toMatchObject({
      __typename: 'InvalidInputError',
      issues: [{ path: ['input', 'to'] }, { path: ['input', 'text'] }],
    });
    expect(await sends({ text: 'To nobody' })).toMatchObject({ __typename: 'InvalidInputError' });
  });

  it('refuses what cannot be sent, by type', async () => {
    const { writes, clock } = await start();
    await writes(amara, 'Hello');
    const { data } = await bench.ask(
      '{ conversation(phoneNumber: "15555550142") { id lastMessage { id } } }',
    );
    const conversationId = textAt(data, 'conversation.id');
    const expectedLastMessageId = textAt(data, 'conversation.lastMessage.id');
    await writes(amara, 'One more thing');
    expect(await sends({ conversationId, text: 'Late', expectedLastMessageId })).toMatchObject({
      __typename: 'StaleConversationError',
      lastMessage: { text: 'One more thing' },
    });
    await sends({ conversationId, text: 'First', clientMessageId: 'key' });
    expect(await sends({ conversationId, text: 'Other', clientMessageId: 'key' })).toMatchObject({
      __typename: 'ConflictError',
    });
    expect(
      await sends({ conversationId: 'cnv_01M85EVWKK0TCEF437PDXHYTV2', text: 'x' }),
    ).toMatchObject({
      __typename: 'NotFoundError',
    });
    clock.advance(25 * hourMs);
    expect(await sends({ conversationId, text: 'Too late' })).toMatchObject({
      __typename: 'ServiceWindowClosedError',
      closedAt: expect.any(String) as unknown,
    });
  });

  it('says which settings are missing', async () => {
    await start({ whatsapp: { token: null, missingSettings: ['WHATSAPP_TOKEN'] } });
    expect(await sends({ to: tom.phoneNumber, text: 'Hello' })).toMatchObject({
      __typename: 'NotConfiguredError',
      missingSettings: ['WHATSAPP_TOKEN'],
    });
  });

  it('says why a message failed and what to do, and sends it again', async () => {
    const { stub } = await start();
    stub.answerWith(() => ({ kind: 'refuse', code: 131026 }));
    const sent = await sends({ to: tom.phoneNumber, text: 'Hello' });
    const id = textAt(sent, 'id');
    const message = async () => {
      const { data } = await bench.ask(
        'query($id: ID!) { message(id: $id) { status failedAt attempts error { code advice } } }',
        { variables: { id } },
      );
      return valueAt(data, 'message');
    };
    await expectSoon(async () => {
      expect(await message()).toMatchObject({ status: 'FAILED', error: { code: 131026 } });
    });
    expect(Date.parse(textAt(await message(), 'failedAt'))).toBeGreaterThan(0);
    expect(textAt(await message(), 'error.advice')).toMatch(/\w+ \w+/);
    stub.answerWith(() => ({ kind: 'accept' }));
    const { data } = await bench.ask(
      'mutation($id: ID!) { retryMessage(id: $id) { __typename ... on Message { id error { title } } } }',
      { variables: { id } },
    );
    expect(data).toMatchObject({ retryMessage: { __typename: 'Message', id } });
    await expectSoon(async () => {
      expect(await message()).toEqual({ status: 'SENT', failedAt: null, attempts: 2, error: null });
    });
  });
});

describe('marking read', () => {
  it('counts what is left, and tells WhatsApp', async () => {
    const { ask, writes, stub } = await start();
    await writes(amara, 'one', 'two', 'three');
    const { data } = await ask(
      '{ conversation(phoneNumber: "15555550142") { id messages { nodes { id } } } }',
    );
    const mark = async (variables: Readonly<Record<string, unknown>>) => {
      const answer = await ask(
        'mutation($id: ID!, $upTo: ID) { markConversationRead(conversationId: $id, upToMessageId: $upTo) { __typename ... on Conversation { unreadCount } ... on NotFoundError { message } } }',
        { variables },
      );
      return valueAt(answer.data, 'markConversationRead');
    };
    const id = textAt(data, 'conversation.id');
    const upTo = textAt(data, 'conversation.messages.nodes.1.id');
    expect(await mark({ id, upTo })).toEqual({ __typename: 'Conversation', unreadCount: 1 });
    expect(await mark({ id })).toEqual({ __typename: 'Conversation', unreadCount: 0 });
    expect(await mark({ id: 'nothing' })).toMatchObject({ __typename: 'NotFoundError' });
    await expectSoon(() => {
      expect(stub.requests.some(({ body }) => body['status'] === 'read')).toBe(true);
    });
  });
});
