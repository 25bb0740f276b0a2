import { MongoClient } from 'mongodb';
import { pino } from 'pino';
import { hourMs, secondMs } from '../../api/clock.ts';
import { createIds } from '../../api/ids.ts';
import { pacing } from '../../api/outbox/limits.ts';
import { collectionsOf } from '../../api/storage/mongo/collections.ts';
import { createCore } from '../../api/storage/mongo/core.ts';
import { writeDown } from '../../api/storage/mongo/journal/deliveries.ts';
import { createMongoStore } from '../../api/storage/mongo/store.ts';
import type { Store } from '../../api/storage/store.ts';
import { send, text } from '../contract/store/deliveries.ts';
import { createFakeClock } from '../kit/clock.ts';
import { startCloudApiStub } from '../kit/cloud-api-stub.ts';
import type { CloudApiStub } from '../kit/cloud-api-stub.ts';
import { describeOnStreams } from '../kit/mongo/describe-mongo.ts';
import { valueAt } from '../kit/clients/graphql-client.ts';
import { follow } from '../kit/clients/live-client.ts';
import { dropDatabase, freshDatabase } from '../kit/mongo/mongo-store.ts';
import { startTestApp, testPhoneNumberId } from '../kit/test-app.ts';
import type { TestApp } from '../kit/test-app.ts';
import { fromAmara, textOfAmara } from '../kit/webhook-bodies.ts';

const log = pino({ level: 'silent' });
const leaseMs = 30 * secondMs;
const takeOverWithinMs = 45 * secondMs;

describeOnStreams('two instances on one database', (server) => {
  const clock = createFakeClock();
  let uri: string;
  let stub: CloudApiStub;
  let app: TestApp;
  const opened: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    uri = freshDatabase(server);
    stub = await startCloudApiStub();
    app = await startInstance();
  });
  afterEach(async () => {
    for (const close of opened.splice(0).reverse()) await close();
    await stub.close();
    await dropDatabase(uri);
  });

  async function startInstance(): Promise<TestApp> {
    const started = await startTestApp({
      whatsapp: { apiBaseUrl: stub.url },
      config: { store: { kind: 'mongodb', uri } },
      overrides: { clock },
    });
    opened.push(() => started.close());
    return started;
  }

  /** What another process has of the store, which is never seen again after what it does. */
  async function openDying(): Promise<Store> {
    const store = await createMongoStore({ uri, clock, ids: createIds(clock), log });
    opened.push(() => store.stop());
    return store;
  }

  it('tell their subscribers the same, whichever of them it was done at', async () => {
    const other = await startInstance();
    const followers = [follow(app.url), follow(other.url)];
    for (const follower of followers) {
      opened.push(() => follower.stop());
      await follower.until(({ events }) => events.length === 1);
    }
    await app.deliver(fromAmara(textOfAmara({ id: 'wamid.1', text: { body: 'One' } })));
    await other.deliver(fromAmara(textOfAmara({ id: 'wamid.2', text: { body: 'Two' } })));
    // Known to both by now.
    await app.deliver(fromAmara(textOfAmara({ id: 'wamid.2', text: { body: 'Two' } })));
    await app.deliver(fromAmara(textOfAmara({ id: 'wamid.3', text: { body: 'Three' } })));
    for (const follower of followers) await follower.until(({ events }) => events.length === 4);
    const [one = [], two = []] = followers.map(({ events }) => events.slice(1));
    expect(one.map((event) => [event.type, event.text])).toEqual(
      ['One', 'Two', 'Three'].map((body) => ['MESSAGE_ADDED', body]),
    );
    expect(two).toEqual(one);
  });

  it('go on with the sends of one that has died, within 45 s', async () => {
    const dying = await openDying();
    const queue = { now: clock.now(), giveUpAt: clock.now() + hourMs };
    const terms = { phoneNumberId: testPhoneNumberId, queue };
    const first = await send(dying, { ...terms, content: text('One') });
    await send(dying, { ...terms, content: text('Two') });
    const claims = await dying.outbox.claim({ now: clock.now(), leaseMs, limit: 1, pacing });
    expect(claims.map(({ message }) => message.id)).toEqual([first]);

    clock.advance(leaseMs - secondMs);
    await sendByApp('To another');
    expect(sentTexts()).toEqual(['To another']);
    clock.advance(takeOverWithinMs - leaseMs + secondMs);
    await until(() => stub.requests.length > 1);
    // What was under way when it died may have arrived: nobody sends it again.
    expect(sentTexts()).toEqual(['To another', 'Two']);
    const left = (await dying.messages.byIds([first])).get(first);
    expect(left?.delivery.stage).toBe('UNKNOWN');
  });

  it('apply what one has written down before it died, within 30 s', async () => {
    const client = new MongoClient(uri);
    opened.push(() => client.close());
    const collections = collectionsOf(client.db());
    const core = createCore({ collections, clock, ids: createIds(clock), log });
    const follower = follow(app.url);
    opened.push(() => follower.stop());
    await follower.until(({ events }) => events.length === 1);
    const body = fromAmara(textOfAmara({ id: 'wamid.left', text: { body: 'Left' } }));
    await writeDown(core, { receivedAt: clock.now(), body, elements: [] });
    clock.advance(30 * secondMs);
    await follower.until(({ events }) => events.length === 2);
    expect(follower.events.at(-1)).toMatchObject({ type: 'MESSAGE_ADDED', text: 'Left' });
  });

  /** To somebody else; resolves when WhatsApp has it. */
  async function sendByApp(message: string): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ to: '447700900123', message });
    const init = { method: 'POST', headers, body };
    expect((await app.fetch('/plugins/whatsapp/messages/send', init)).status).toBe(200);
  }

  const sentTexts = () => stub.requests.map(({ body }) => valueAt(body, 'text.body'));
});

async function until(holds: () => boolean): Promise<void> {
  for (const endsAt = Date.now() + 9_000; !holds();) {
    if (Date.now() > endsAt) throw new Error('It did not happen');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
