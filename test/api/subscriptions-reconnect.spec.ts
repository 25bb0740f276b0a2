import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { setTimeout as wait } from 'node:timers/promises';
import { followEventStream } from '../kit/clients/event-stream-client.ts';
import { valueAt } from '../kit/clients/graphql-client.ts';
import { socketUrl } from '../kit/clients/live-client.ts';
import { eventsQuery } from '../kit/clients/seen-events.ts';
import { startTestApp } from '../kit/test-app.ts';
import type { TestApp } from '../kit/test-app.ts';
import { fromAmara, textOfAmara } from '../kit/webhook-bodies.ts';

jest.setTimeout(60_000);

const total = 150;
const textAtNumber = (number: number) => `text ${String(number)}`;

/** What one client has got over all of its connections. */
interface Client {
  readonly texts: readonly string[];
  readonly connections: () => number;
  /** It has its first cursor: nothing is missed from here on. */
  readonly hasBegun: () => boolean;
  stop(): Promise<void>;
}

/** As the chat app does it: the client library reconnects, `after` is read at that moment. */
function socketClient(app: TestApp): Client & { readonly drop: () => void } {
  const texts: string[] = [];
  let cursor: string | null = null;
  let current: WebSocket | null = null;
  let connections = 0;
  const client = createClient({
    url: socketUrl(app.url),
    webSocketImpl: WebSocket,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: () => wait(20),
    shouldRetry: () => true,
    on: {
      opened(socket) {
        current = socket as WebSocket;
        connections += 1;
      },
    },
  });
  const variables = Object.defineProperty({}, 'after', { enumerable: true, get: () => cursor });
  client.subscribe(
    { query: eventsQuery, variables },
    {
      next(result) {
        cursor = String(valueAt(result, 'data.messageEvents.cursor'));
        const text = valueAt(result, 'data.messageEvents.message.text');
        if (typeof text === 'string') texts.push(text);
      },
      error: () => undefined,
      complete: () => undefined,
    },
  );
  return {
    texts,
    connections: () => connections,
    hasBegun: () => cursor !== null,
    drop: () => current?.terminate(),
    stop: async () => client.dispose(),
  };
}

/** As an EventSource does it: the last id comes back as a header. */
function streamClient(app: TestApp): Client & { readonly drop: () => void } {
  const texts: string[] = [];
  let lastEventId: string | null = null;
  let connections = 0;
  const state = { isStopped: false };
  let drop: () => void = () => undefined;
  const running = (async () => {
    while (!state.isStopped) {
      try {
        const headers = lastEventId === null ? {} : { 'last-event-id': lastEventId };
        const follower = await followEventStream(app.url, { headers });
        connections += 1;
        drop = () => void follower.stop();
        let taken = 0;
        while (follower.closed === null) {
          await follower.until(({ events, closed }) => events.length > taken || closed !== null);
          for (const { cursor, text } of follower.events.slice(taken)) {
            lastEventId = cursor;
            if (text !== null) texts.push(text);
          }
          taken = follower.events.length;
        }
      } catch {
        await wait(20);
      }
    }
  })();
  return {
    texts,
    connections: () => connections,
    hasBegun: () => lastEventId !== null,
    drop: () => {
      drop();
    },
    async stop() {
      state.isStopped = true;
      drop();
      await running;
    },
  };
}

it('brings each event once and in order, through dropped connections and a restart', async () => {
  const app = await startTestApp();
  const clients = [socketClient(app), socketClient(app), streamClient(app)];
  const until = async (isReached: () => boolean) => {
    const giveUpAt = Date.now() + 20_000;
    while (!isReached()) {
      if (Date.now() > giveUpAt) {
        throw new Error(`Seen ${clients.map(({ texts }) => texts.length).join(', ')}`);
      }
      await wait(5);
    }
  };
  await until(() => clients.every(({ hasBegun }) => hasBegun()));
  const write = async (number: number) => {
    const body = fromAmara(
      textOfAmara({
        id: `wamid.${String(number)}`,
        timestamp: String(Math.floor(Date.now() / 1000)),
        text: { body: textAtNumber(number) },
      }),
    );
    // Meta tries again while the server is away.
    for (;;) {
      const response = await app.deliver(body).catch(() => null);
      if (response?.status === 200) return;
      await wait(20);
    }
  };
  const restarting: Promise<void>[] = [];
  for (let number = 0; number < total; number += 1) {
    if (number === total / 2) restarting.push(app.restart());
    clients[number % 10]?.drop();
    await write(number);
  }
  await Promise.all(restarting);
  await until(() => clients.every(({ texts }) => texts.at(-1) === textAtNumber(total - 1)));
  const all = Array.from({ length: total }, (_, number) => textAtNumber(number));
  for (const { texts, connections } of clients) {
    expect(texts).toEqual(all);
    expect(connections()).toBeGreaterThan(5);
  }
  await Promise.all(clients.map((client) => client.stop()));
  await app.close();
});
