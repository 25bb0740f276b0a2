import { TestBed } from '@angular/core/testing';
import { Session } from './session';

describe('Session', () => {
  let session: Session;
  let requests: { method: string; body: unknown }[];
  let answer: () => Promise<Response>;

  beforeEach(() => {
    requests = [];
    globalThis.fetch = (_path, init) => {
      requests.push({ method: init?.method ?? 'GET', body: init?.body });
      return answer();
    };
    session = TestBed.inject(Session);
  });

  const json = (body: unknown, status = 200): (() => Promise<Response>) => {
    return () => Promise.resolve(new Response(JSON.stringify(body), { status }));
  };
  const lost = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));

  it('is open when no key is asked for', async () => {
    answer = json({ required: false, active: false });
    await session.check();
    expect(session.state()).toBe('open');
    expect(session.canSignOut()).toBe(false);
  });

  it('is closed until signed in where a key is asked for', async () => {
    answer = json({ required: true, active: false });
    await session.check();
    expect(session.state()).toBe('closed');
    answer = () => Promise.resolve(new Response(null, { status: 204 }));
    await expect(session.signIn('the key')).resolves.toBe('in');
    expect(requests.at(-1)).toEqual({ method: 'POST', body: '{"key":"the key"}' });
    expect(session.state()).toBe('open');
    expect(session.canSignOut()).toBe(true);
  });

  it('opens the inbox when the server does not answer: its light tells why', async () => {
    answer = lost;
    await session.check();
    expect(session.state()).toBe('open');
  });

  it('opens the inbox when something else answers in place of the server', async () => {
    answer = () => Promise.resolve(new Response('<html>Sign in to the hotel</html>'));
    await session.check();
    expect(session.state()).toBe('open');
    answer = json({ required: true, active: false });
    await session.confirm();
    expect(session.state()).toBe('closed');
  });

  it('opens before a silent network has ended, and asks again once there is a connection', async () => {
    jest.useFakeTimers();
    let hear: (response: Response) => void = () => undefined;
    answer = () => new Promise((resolve) => (hear = resolve));
    const checking = session.check();
    await jest.advanceTimersByTimeAsync(3_000);
    jest.useRealTimers();
    expect(session.state()).toBe('open');
    hear(new Response('', { status: 504 }));
    await checking;
    answer = json({ required: true, active: true });
    await session.confirm();
    await session.confirm();
    expect([session.canSignOut(), requests.length]).toEqual([true, 2]);
  });

  it.each([401, 403])(
    'is closed by a %s: of the server, or of a proxy before it',
    async (status) => {
      answer = json({}, status);
      await session.check();
      expect(session.state()).toBe('closed');
    },
  );

  it('stays closed when the server does not answer later', async () => {
    answer = json({ required: true, active: false });
    await session.check();
    answer = lost;
    await session.check();
    expect(session.state()).toBe('closed');
  });

  it('tells a wrong key from a server that is busy, away, or refuses the page', async () => {
    answer = json({}, 401);
    await expect(session.signIn('x')).resolves.toBe('wrong-key');
    answer = json({}, 429);
    await expect(session.signIn('x')).resolves.toBe('too-many');
    answer = json({}, 403);
    await expect(session.signIn('x')).resolves.toBe('refused');
    answer = json({}, 503);
    await expect(session.signIn('x')).resolves.toBe('unreachable');
    answer = lost;
    await expect(session.signIn('x')).resolves.toBe('unreachable');
    expect(session.state()).toBe('checking');
  });

  it('signs out only when the server has', async () => {
    answer = json({ required: true, active: true });
    await session.check();
    for (answer of [lost, () => Promise.resolve(new Response('<html>Sign in to the hotel</html>'))])
      await expect(session.signOut()).resolves.toBe(false);
    expect(session.state()).toBe('open');
    answer = () => Promise.resolve(new Response(null, { status: 204 }));
    await expect(session.signOut()).resolves.toBe(true);
    expect(session.state()).toBe('closed');
  });

  it('does not trust an answer of another form', async () => {
    answer = json(['required']);
    await session.check();
    expect(session.state()).toBe('open');
  });
});
