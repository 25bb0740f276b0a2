import { createAnswerChecker } from '../kit/openapi-checker.ts';
import { startTestApp } from '../kit/test-app.ts';
import type { TestApp, TestAppOptions } from '../kit/test-app.ts';
import { fromAmara, textOfAmara, webhookFixture } from '../kit/webhook-bodies.ts';

const path = '/plugins/whatsapp/journal';
const unknownId = 'dlv_01JDN8Z3K4ABCDEFGHJKMNPQRS';

let app: TestApp;
afterEach(() => app.close());

async function start(options: TestAppOptions = {}): Promise<void> {
  app = await startTestApp(options);
}

interface Listed {
  readonly id: string;
  readonly state: string;
}

async function list(query = ''): Promise<{ deliveries: Listed[]; next: string | null }> {
  const response = await app.fetch(`${path}${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as { deliveries: Listed[]; next: string | null };
}

describe('the journal', () => {
  it('lists deliveries newest first, page by page', async () => {
    await start();
    for (const name of ['text', 'image', 'video']) await app.deliver(webhookFixture(name));
    const whole = await list();
    expect(whole.deliveries).toHaveLength(3);
    expect(whole.next).toBeNull();
    expect(whole.deliveries[2]).toEqual({
      id: expect.stringMatching(/^dlv_/) as unknown,
      received_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown,
      state: 'DONE',
      size_bytes: webhookFixture('text').length,
      verdicts: [
        { path: 'entry[0].changes[0].value.messages[0]', result: 'APPLIED', detail: null },
      ],
    });

    const first = await list('?limit=2');
    expect(first.next).toBe(first.deliveries[1]?.id);
    const second = await list(`?limit=2&before=${first.next ?? ''}`);
    expect(second.next).toBeNull();
    expect([...first.deliveries, ...second.deliveries]).toEqual(whole.deliveries);
  });

  it('answers as its OpenAPI document says', async () => {
    await start();
    await app.deliver(webhookFixture('batch-mixed'));
    await app.fetch('/plugins/whatsapp/webhook', { method: 'POST', body: '{}' });
    const openApi: unknown = await (await app.fetch('/plugins/whatsapp/openapi.json')).json();
    const fault = createAnswerChecker(openApi);
    const id = (await list()).deliveries[0]?.id ?? '';
    const asked = [
      ['GET', '', ''],
      ['GET', '', '?limit=0'],
      ['GET', '/rejections', ''],
      ['GET', '/rejections', '?limit=x'],
      ['GET', '/{id}', ''],
      ['POST', '/{id}/replay', ''],
    ] as const;
    for (const [method, rest, query] of asked) {
      const response = await app.fetch(`${path}${rest.replace('{id}', id)}${query}`, { method });
      const body: unknown = await response.json();
      expect(fault({ method, path: `${path}${rest}` }, response, body)).toBeNull();
    }
  });

  it('lists those of one state', async () => {
    await start();
    await app.deliver(webhookFixture('text'));
    await app.deliver(fromAmara(textOfAmara({ timestamp: 'x' })));
    expect((await list('?state=SET_ASIDE')).deliveries).toMatchObject([{ state: 'SET_ASIDE' }]);
    expect((await list('?state=DONE')).deliveries).toMatchObject([{ state: 'DONE' }]);
    expect((await list('?state=PENDING')).deliveries).toEqual([]);
  });

  it('shows a delivery as it came', async () => {
    await start();
    await app.deliver(webhookFixture('text'));
    const [entry] = (await list()).deliveries;
    const response = await app.fetch(`${path}/${entry?.id ?? ''}`);
    expect(await response.json()).toEqual({
      ...entry,
      body: webhookFixture('text').toString(),
    });
  });

  it('replays a delivery, which changes nothing that was applied', async () => {
    await start();
    await app.deliver(webhookFixture('text'));
    const [entry] = (await list()).deliveries;
    const response = await app.fetch(`${path}/${entry?.id ?? ''}/replay`, { method: 'POST' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      id: entry?.id,
      state: 'DONE',
      verdicts: [{ result: 'REPEATED' }],
    });
  });

  it.each([
    ['?limit=0', 'limit'],
    ['?limit=201', 'limit'],
    ['?limit=many', 'limit'],
    ['?limit=1.5', 'limit'],
    ['?limit=1&limit=2', 'limit'],
    ['?state=LOST', 'state'],
    ['?before=yesterday', 'before'],
    ['?before=cnv_01JDN8Z3K4ABCDEFGHJKMNPQRS', 'before'],
    ['/rejections?limit=x', 'limit'],
  ])('refuses %s and names the field', async (query, field) => {
    await start();
    const response = await app.fetch(`${path}${query}`);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ issues: [{ path: [field] }] });
  });

  it.each([
    ['GET', unknownId],
    ['GET', 'something'],
    ['GET', '%00'],
    ['POST', `${unknownId}/replay`],
    ['POST', 'something/replay'],
  ])('does not find: %s %s', async (method, rest) => {
    await start();
    const response = await app.fetch(`${path}/${rest}`, { method });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it.each([
    ['GET', ''],
    ['GET', '/rejections'],
    ['GET', `/${unknownId}`],
    ['POST', `/${unknownId}/replay`],
  ])('is behind the key: %s %s', async (method, rest) => {
    await start({ http: { apiKey: 'a-key-of-many-letters' } });
    expect((await app.fetch(`${path}${rest}`, { method })).status).toBe(401);
    const headers = { authorization: 'Bearer a-key-of-many-letters' };
    expect((await app.fetch(`${path}${rest}`, { method, headers })).status).not.toBe(401);
  });
});

it('the webhook itself is open, with a key too', async () => {
  await start({ http: { apiKey: 'a-key-of-many-letters' } });
  expect((await app.deliver(webhookFixture('text'))).status).toBe(200);
});
