import { hourMs, minuteMs } from '../../api/clock.ts';
import { createFakeClock } from '../kit/clock.ts';
import { startTestApp } from '../kit/test-app.ts';
import type { TestApp, TestAppOptions } from '../kit/test-app.ts';

const apiKey = 'the-key-of-the-test';
const clock = createFakeClock();
const conversations = '/plugins/whatsapp/conversations';

let app: TestApp;
const start = async (http: TestAppOptions['http'] = {}) => {
  app = await startTestApp({ http: { apiKey, ...http }, overrides: { clock } });
};
afterEach(() => app.close());

function signIn(key: unknown = apiKey, headers: Record<string, string> = {}) {
  return app.fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ key }),
  });
}

/** What a browser would send back. */
const cookieOf = (response: Response) =>
  response.headers.get('set-cookie')?.split(';', 1)[0] ?? 'none';
const as = (cookie: string) => ({ headers: { cookie } });
const stateFor = async (cookie = ''): Promise<unknown> =>
  (await app.fetch('/session', as(cookie))).json();

describe('with a key', () => {
  it('tells the app that a key is needed, and when it is signed in', async () => {
    await start();
    expect(await stateFor()).toEqual({ required: true, active: false });
    expect(await stateFor(cookieOf(await signIn()))).toEqual({ required: true, active: true });
  });

  it('signs in with a cookie that scripts and other sites cannot use', async () => {
    await start();
    const response = await signIn();
    expect(response.status).toBe(204);
    const [, ...terms] = response.headers.getSetCookie()[0]?.split('; ') ?? [];
    expect(terms.sort()).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Strict']);
    expect((await app.fetch(conversations, as(cookieOf(response)))).status).toBe(200);
  });

  it('lets the app see that there may be a session, also without a network, and nothing more of it', async () => {
    await start();
    const response = await signIn();
    const cookie = cookieOf(response);
    const sign = 'whatsapp_inbox_signed_in=1; Max-Age=43200; Path=/; SameSite=Strict';
    expect(response.headers.getSetCookie()[1]).toBe(sign);
    clock.advance(hourMs);
    expect((await app.fetch('/session', as(cookie))).headers.getSetCookie()[1]).toBe(sign);
    const ended = await app.fetch('/session', { method: 'DELETE', ...as(cookie) });
    expect(ended.headers.getSetCookie()[1]).toMatch(
      /^whatsapp_inbox_signed_in=; .*Expires=Thu, 01 Jan 1970/,
    );
  });

  it('marks the cookie Secure where browsers come by https', async () => {
    await start({ publicUrl: 'https://inbox.example.com' });
    expect((await signIn()).headers.get('set-cookie')).toContain('; Secure');
    await app.close();
    await start();
    const forwarded = await signIn(apiKey, { 'x-forwarded-proto': 'https' });
    expect(forwarded.headers.get('set-cookie')).toContain('; Secure');
  });

  it.each(['/plugins/whatsapp/messages', conversations, '/metrics', '/plugins/whatsapp/journal'])(
    'keeps %s from those who show nothing',
    async (path) => {
      await start();
      const response = await app.fetch(path);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toMatchObject({ type: 'urn:whatsapp-inbox:not-signed-in' });
      const headers = { authorization: `Bearer ${apiKey}` };
      expect((await app.fetch(path, { headers })).status).toBe(200);
    },
  );

  it('leaves health, the webhook and the app itself open', async () => {
    await start();
    expect((await app.fetch('/plugins/whatsapp/health')).status).toBe(200);
    expect((await app.fetch('/plugins/whatsapp/webhook')).status).toBe(403);
    expect((await app.fetch('/')).status).not.toBe(401);
  });

  it('refuses a wrong key, and no key', async () => {
    await start();
    const wrong = await signIn('something-else-entirely');
    expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null]);
    for (const key of ['', 17, null, 'x'.repeat(1025)])
      expect((await signIn(key)).status).toBe(422);
  });

  it('answers 429 after ten different wrong keys', async () => {
    await start();
    for (let nth = 0; nth < 10; nth += 1) await signIn(`wrong-${nth}`);
    const limited = await signIn();
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '60']);
    clock.advance(minuteMs);
    expect((await signIn()).status).toBe(204);
  });

  it('renews the cookie while it is used, and ends it 12 hours after', async () => {
    await start();
    const first = cookieOf(await signIn());
    clock.advance(minuteMs);
    expect((await app.fetch(conversations, as(first))).headers.get('set-cookie')).toBeNull();
    clock.advance(hourMs);
    const renewed = cookieOf(await app.fetch(conversations, as(first)));
    expect(renewed).not.toBe('none');
    clock.advance(11.5 * hourMs);
    expect((await app.fetch(conversations, as(first))).status).toBe(401);
    const used = await app.fetch(conversations, as(renewed));
    expect(used.status).toBe(200);
    clock.advance(12 * hourMs);
    expect((await app.fetch(conversations, as(cookieOf(used)))).status).toBe(401);
  });

  it('ends the session for good, and takes the cookie back', async () => {
    await start();
    const cookie = cookieOf(await signIn());
    const ended = await app.fetch('/session', { method: 'DELETE', ...as(cookie) });
    expect(ended.status).toBe(204);
    expect(ended.headers.get('set-cookie')).toMatch(/^whatsapp_inbox_session=; .*Max-Age=0|1970/);
    expect((await app.fetch(conversations, as(cookie))).status).toBe(401);
    expect(await stateFor(cookie)).toEqual({ required: true, active: false });
  });

  it('lets anybody end a session that is none', async () => {
    await start();
    expect((await app.fetch('/session', { method: 'DELETE' })).status).toBe(204);
  });

  it('keeps the session over a restart', async () => {
    await start();
    const cookie = cookieOf(await signIn());
    await app.restart();
    expect(await stateFor(cookie)).toEqual({ required: true, active: true });
  });
});

describe('without a key', () => {
  it('needs no session, and says so', async () => {
    await start({ apiKey: null });
    expect(await stateFor()).toEqual({ required: false, active: true });
    const response = await signIn('anything');
    expect([response.status, response.headers.get('set-cookie')]).toEqual([204, null]);
    expect((await app.fetch(conversations)).status).toBe(200);
  });
});
