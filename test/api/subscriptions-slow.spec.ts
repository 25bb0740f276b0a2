import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { amara, openGraphQLBench } from '../kit/benches/graphql-bench.ts';
import type { GraphQLBench } from '../kit/benches/graphql-bench.ts';
import { follow, openRawSocket } from '../kit/clients/live-client.ts';
import { eventsQuery } from '../kit/clients/seen-events.ts';

jest.setTimeout(60_000);

let bench: GraphQLBench;
beforeEach(async () => {
  bench = await openGraphQLBench();
});
afterEach(() => bench.close());

const deliveries = 40;
const perDelivery = 100;
const total = deliveries * perDelivery;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is reachable, without the garbage that waits. */
function heapInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** More than the buffers of a connection and the ring of recent events hold together. */
async function writeMuch(): Promise<void> {
  for (let delivery = 0; delivery < deliveries; delivery += 1) {
    const texts = Array.from(
      { length: perDelivery },
      (_, index) => `${String(delivery * perDelivery + index)} ${'x'.repeat(4_000)}`,
    );
    await bench.writes(amara, ...texts);
  }
}

async function subscribeBySocket() {
  const { socket, send } = await openRawSocket(bench.app.url);
  send({ type: 'connection_init' });
  await once(socket, 'message');
  send({ id: '1', type: 'subscribe', payload: { query: eventsQuery } });
  await once(socket, 'message');
  return socket;
}

async function subscribeByStream(): Promise<IncomingMessage> {
  const asked = request(new URL('/graphql', bench.app.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
  });
  asked.end(JSON.stringify({ query: eventsQuery }));
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  await once(response, 'readable');
  return response;
}

describe('a client that stops reading', () => {
  it('is ended with a reason, and the others get everything', async () => {
    const stuckSocket = await subscribeBySocket();
    stuckSocket.pause();
    const stuckStream = await subscribeByStream();
    const reading = [follow(bench.app.url), follow(bench.app.url)];
    for (const follower of reading) await follower.until(({ events }) => events.length === 1);
    await writeMuch();
    for (const follower of reading) {
      await follower.until(({ events }) => events.length === total + 1);
      const numbers = follower.events.flatMap(({ text }) => text?.split(' ', 1)[0] ?? []);
      expect(numbers).toEqual(Array.from({ length: total }, (_, number) => String(number)));
    }

    const closed = once(stuckSocket, 'close');
    stuckSocket.resume();
    const [code, reason] = (await closed) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([1013, expect.stringContaining('SLOW_CONSUMER')]);

    // Broken off, not completed.
    await new Promise((resolve) => {
      stuckStream.on('error', resolve).resume();
    });
    expect(stuckStream.complete).toBe(false);

    const { data } = await bench.ask('{ health { subscribers } }');
    expect(data).toEqual({ health: { subscribers: reading.length } });
    await Promise.all(reading.map((follower) => follower.stop()));
  });

  it('cannot pile up answers to queries either', async () => {
    await bench.writes(amara, ...Array.from({ length: 200 }, () => 'x'.repeat(4_000)));
    const { socket, send } = await openRawSocket(bench.app.url);
    send({ type: 'connection_init' });
    await once(socket, 'message');
    socket.pause();
    const query = '{ messages(last: 200) { nodes { text } } }';
    const closed = once(socket, 'close');
    for (let id = 0; id < 40; id += 1) {
      send({ id: String(id), type: 'subscribe', payload: { query } });
      // One after the other: those at a time are limited.
      await bench.ask('{ __typename }');
    }
    socket.resume();
    expect((await closed)[0]).toBe(1013);
    expect((await bench.ask('{ __typename }')).errors).toEqual([]);
  });
});

describe('a thousand subscribers', () => {
  it('cost one lookup for each event, and little memory', async () => {
    const count = 1_000;
    const events = 20;
    const sockets = [];
    const before = heapInUse();
    for (let index = 0; index < count; index += 1) sockets.push(await subscribeBySocket());
    const heard = sockets.map((socket) => {
      const texts: string[] = [];
      socket.on('message', (data: Buffer) => {
        const [, text] = /"message":\{"id":"[^"]+","text":"([^"]*)"/.exec(data.toString()) ?? [];
        if (text !== undefined) texts.push(text);
      });
      return texts;
    });
    bench.watched.reset();
    const expected = Array.from({ length: events }, (_, index) => `text ${String(index)}`);
    for (const text of expected) await bench.writes(amara, text);
    const giveUpAt = Date.now() + 20_000;
    while (heard.some((texts) => texts.length < events)) {
      if (Date.now() > giveUpAt) throw new Error('Not everybody has heard everything');
      await bench.ask('{ __typename }');
    }
    for (const texts of heard) expect(texts).toEqual(expected);
    expect(bench.watched.calls.get('messages.byIds')).toBeLessThanOrEqual(2 * events);
    // 64 KiB for both ends of a connection.
    expect(heapInUse() - before).toBeLessThan(count * 64 * 1024);
    for (const socket of sockets) socket.terminate();
  });
});
