import { createFakeClock } from '../../test/kit/clock.ts';
import { minuteMs } from '../clock.ts';
import { createAccess } from './access.ts';
import { sessionCookie } from './sessions.ts';

const apiKey = 'the-key-of-the-test';
const address = '192.0.2.7';
const setUp = () => {
  const clock = createFakeClock();
  return { clock, access: createAccess({ apiKey, clock }) };
};

describe('without a key', () => {
  const access = createAccess({ apiKey: null, clock: createFakeClock() });

  it('lets everybody in, whatever they show', () => {
    expect(access.isRequired).toBe(false);
    expect(access.judge({ address }).kind).toBe('GRANTED');
    expect(access.judge({ address, authorization: 'Bearer x', cookie: 'y' }).kind).toBe('GRANTED');
  });
});

describe('by key', () => {
  it.each([`Bearer ${apiKey}`, `bearer ${apiKey}`, `Bearer   ${apiKey} `])(
    'takes %j',
    (authorization) => {
      expect(setUp().access.judge({ address, authorization })).toEqual({
        kind: 'GRANTED',
        session: null,
      });
    },
  );

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    apiKey,
    `Basic ${apiKey}`,
    `Bearer ${apiKey}x`,
    `Bearer ${apiKey.slice(0, -1)}`,
    `Bearer ${apiKey.toUpperCase()}`,
  ])('refuses %j with a reason', (authorization) => {
    const judgement = setUp().access.judge({ address, authorization });
    expect(judgement).toEqual({ kind: 'REFUSED', reason: expect.stringMatching(/\.$/) as unknown });
    expect(JSON.stringify(judgement)).not.toContain(apiKey);
  });

  it('does not fall back on the cookie when a wrong key is shown', () => {
    const { access } = setUp();
    const signIn = access.signIn(apiKey, address);
    const cookie = `${sessionCookie}=${signIn.kind === 'GRANTED' ? signIn.session.token : ''}`;
    expect(access.judge({ address, cookie }).kind).toBe('GRANTED');
    expect(access.judge({ address, cookie, authorization: 'Bearer wrong' }).kind).toBe('REFUSED');
  });
});

describe('wrong keys', () => {
  const guess = (access: ReturnType<typeof createAccess>, key: string, from = address) =>
    access.judge({ address: from, authorization: `Bearer ${key}` });

  it('looks at no more keys from an address after ten different wrong ones, for the rest of a minute', () => {
    const { access, clock } = setUp();
    for (let nth = 0; nth < 10; nth += 1)
      expect(guess(access, `wrong-${nth}`).kind).toBe('REFUSED');
    clock.advance(20_000);
    expect(guess(access, apiKey)).toEqual({ kind: 'LIMITED', retryAfterMs: 40_000 });
    expect(access.signIn(apiKey, address)).toEqual({ kind: 'LIMITED', retryAfterMs: 40_000 });
    clock.advance(40_000);
    expect(guess(access, apiKey).kind).toBe('GRANTED');
  });

  it('leaves other addresses and running sessions alone', () => {
    const { access } = setUp();
    const signIn = access.signIn(apiKey, address);
    const cookie = `${sessionCookie}=${signIn.kind === 'GRANTED' ? signIn.session.token : ''}`;
    for (let nth = 0; nth < 20; nth += 1) guess(access, `wrong-${nth}`);
    expect(guess(access, apiKey, '192.0.2.8').kind).toBe('GRANTED');
    expect(access.judge({ address, cookie }).kind).toBe('GRANTED');
  });

  it('does not count an outdated key again and again', () => {
    const { access } = setUp();
    for (let nth = 0; nth < 100; nth += 1) guess(access, 'outdated');
    expect(guess(access, apiKey).kind).toBe('GRANTED');
  });

  it('counts sign-ins and requests together', () => {
    const { access } = setUp();
    for (let nth = 0; nth < 5; nth += 1) guess(access, `wrong-${nth}`);
    for (let nth = 5; nth < 10; nth += 1) access.signIn(`wrong-${nth}`, address);
    expect(guess(access, apiKey).kind).toBe('LIMITED');
  });

  it('remembers a bounded number of addresses', () => {
    const { access, clock } = setUp();
    for (let nth = 0; nth < 10; nth += 1) guess(access, `wrong-${nth}`, 'first');
    for (let nth = 0; nth < 10_000; nth += 1) guess(access, 'wrong', `address-${nth}`);
    expect(guess(access, apiKey, 'first').kind).toBe('GRANTED');
    clock.advance(minuteMs);
    expect(guess(access, apiKey, 'address-1').kind).toBe('GRANTED');
  });
});
