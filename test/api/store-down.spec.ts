import { openTestStore } from '../kit/store.ts';
import type { TestStore } from '../kit/store.ts';
import { startTestApp } from '../kit/test-app.ts';
import type { TestApp } from '../kit/test-app.ts';
import { fromAmara, textOfAmara } from '../kit/webhook-bodies.ts';

let kept: TestStore;
let app: TestApp;

beforeEach(async () => {
  kept = await openTestStore();
  const { clock, ids, store } = kept;
  app = await startTestApp({ overrides: { clock, ids, store } });
  await store.stop();
});
afterEach(async () => {
  await app.close();
  await kept.close();
});

const root = '/plugins/whatsapp';

it('says so in health', async () => {
  const response = await app.fetch(`${root}/health`);
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await response.json()).toMatchObject({
    type: 'urn:whatsapp-inbox:store-unavailable',
    status: 503,
    plugin: 'whatsapp',
  });
});

it('answers reads and sends with 503 and when to come again', async () => {
  const send = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to: '15555550142', message: 'Hello' }),
  };
  for (const [path, init] of [
    ['/messages', {}],
    ['/messages?phone_number=15555550142', {}],
    ['/conversations', {}],
    ['/messages/send', send],
  ] as const) {
    const response = await app.fetch(root + path, init);
    expect([path, response.status]).toEqual([path, 503]);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.json()).toMatchObject({ type: 'urn:whatsapp-inbox:store-unavailable' });
  }
});

it('answers webhooks with 503, so that Meta comes again', async () => {
  expect((await app.deliver(fromAmara(textOfAmara()))).status).toBe(503);
});

it('goes on telling numbers', async () => {
  const response = await app.fetch('/metrics');
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('whatsapp_outbox_depth');
});
