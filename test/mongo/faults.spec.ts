import { setTimeout as pause } from 'node:timers/promises';
import { describeOnStreams } from '../kit/mongo/describe-mongo.ts';
import { startFaultProxy } from '../kit/fault-proxy.ts';
import type { FaultProxy } from '../kit/fault-proxy.ts';
import { follow } from '../kit/clients/live-client.ts';
import { dropDatabase, freshDatabase, withHost } from '../kit/mongo/mongo-store.ts';
import { startTestApp } from '../kit/test-app.ts';
import type { TestApp } from '../kit/test-app.ts';
import { fromAmara, textOfAmara } from '../kit/webhook-bodies.ts';

const answersWithinMs = 10_000;
const goesOnWithinMs = 2_000;
const root = '/plugins/whatsapp';

interface MessagesPage {
  readonly messages: readonly { readonly message_id: string }[];
  /** The cursor for older ones. */
  readonly previous: string | null;
}

describeOnStreams('faults between the server and MongoDB', (server) => {
  let proxy: FaultProxy;
  let app: TestApp;
  let uri: string;
  let count = 0;

  beforeEach(async () => {
    uri = freshDatabase(server);
    const { hostname, port } = new URL(server);
    proxy = await startFaultProxy({ host: hostname, port: Number(port) });
    const store = {
      kind: 'mongodb',
      uri: withHost(uri, `127.0.0.1:${String(proxy.port)}`),
    } as const;
    app = await startTestApp({ config: { store } });
  });
  afterEach(async () => {
    await proxy.pass();
    await app.close();
    await proxy.close();
    await dropDatabase(uri);
  });

  const newWamid = () => `wamid.${String((count += 1))}`;
  const deliver = (wamid: string) => app.deliver(fromAmara(textOfAmara({ id: wamid })));
  const send = (key: string) =>
    app.fetch(`${root}/messages/send`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ to: '15555550142', message: 'Hello' }),
    });

  async function storedWamids(): Promise<string[]> {
    const wamids: string[] = [];
    for (let before: string | null = ''; before !== null;) {
      const place: string = before === '' ? '' : `&before=${before}`;
      const response = await app.fetch(
        `${root}/messages?phone_number=15555550142&limit=200${place}`,
      );
      const page = (await response.json()) as MessagesPage;
      wamids.push(...page.messages.map(({ message_id }) => message_id));
      before = page.previous;
    }
    return wamids;
  }

  /** How long it took, with the answer. */
  async function timed(request: Promise<Response>): Promise<{ status: number; ms: number }> {
    const startedAt = Date.now();
    const { status } = await request;
    return { status, ms: Date.now() - startedAt };
  }

  /** Delivers until it works again. */
  async function untilStored(): Promise<number> {
    const startedAt = Date.now();
    while ((await deliver(newWamid())).status !== 200) await pause(50);
    return Date.now() - startedAt;
  }

  it.each(['refuse', 'stall'] as const)(
    'answers 503 within 10 s and goes on 2 s after the return: %s',
    async (fault) => {
      const client = follow(app.url);
      await client.until(({ events }) => events.length === 1);
      expect((await deliver(newWamid())).status).toBe(200);
      await client.until(({ events }) => events.length === 2);

      await proxy[fault]();
      const lost = newWamid();
      const answers = await Promise.all([
        timed(deliver(lost)),
        timed(send('key-1')),
        timed(app.fetch(`${root}/messages`)),
        timed(app.fetch(`${root}/health`)),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
      expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(answersWithinMs);
      const health = await (await app.fetch(`${root}/health`)).text();
      expect(health).not.toMatch(/127\.0\.0\.1|ECONN|Mongo[A-Z]/);

      await proxy.pass();
      expect(await untilStored()).toBeLessThan(goesOnWithinMs);
      expect((await app.fetch(`${root}/health`)).status).toBe(200);
      const returnedAt = Date.now();
      await client.until(({ events }) => events.length >= 3);
      expect(Date.now() - returnedAt).toBeLessThan(goesOnWithinMs);
      expect((await deliver(lost)).status).toBe(200);
      const stored = await storedWamids();
      expect(stored.filter((wamid) => wamid === lost)).toHaveLength(1);
      expect((await send('key-1')).status).not.toBe(503);
      expect(client).toMatchObject({ failures: [], closed: null });
      await client.stop();
    },
    60_000,
  );

  it('acknowledges nothing that is not stored, and stores nothing twice, when connections are cut in mid-write', async () => {
    const acknowledged: string[] = [];
    let refused = 0;
    async function deliverUntilStored(wamid: string): Promise<void> {
      while ((await deliver(wamid)).status !== 200) {
        refused += 1;
        await pause(20);
      }
      acknowledged.push(wamid);
    }
    const done = new AbortController();
    const cutting = (async () => {
      for (let round = 0; !done.signal.aborted; round += 1) {
        proxy.cutAfter(50 + ((round * 397) % 3_000));
        await pause(60);
      }
    })();
    // A quick server may take the first ones between two cuts.
    let delivered = 0;
    for (; delivered < 60 || (refused === 0 && delivered < 6_000); delivered += 20)
      await Promise.all(Array.from({ length: 20 }, () => deliverUntilStored(newWamid())));
    done.abort();
    await cutting;
    // What was written down and could not be applied at once is taken up by the sweep.
    while ((await storedWamids()).length < delivered) await pause(500);
    const stored = await storedWamids();
    expect([...stored].sort()).toEqual([...new Set([...acknowledged])].sort());
    expect(stored).toHaveLength(delivered);
    expect(refused).toBeGreaterThan(0);
  }, 120_000);
});
