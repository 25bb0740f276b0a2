import { createFakeClock } from '../../test/kit/clock.ts';
import { hourMs, minuteMs } from '../clock.ts';
import { createSessions, sessionTokenIn } from './sessions.ts';

const clock = createFakeClock();
const open = (secret = 'a key of the test') => createSessions({ secret, clock });

it('reads what it began', () => {
  const sessions = open();
  const session = sessions.begin();
  expect(sessions.read(session.token)).toEqual(session);
  expect(session.expiresAt).toBe(clock.now() + 12 * hourMs);
});

it('gives every session an id of its own', () => {
  const sessions = open();
  expect(sessions.begin().id).not.toBe(sessions.begin().id);
});

it('reads them after a restart, and not with another key', () => {
  const { token } = open().begin();
  expect(open().read(token)).not.toBeNull();
  expect(open('another key').read(token)).toBeNull();
});

it('lets them run out after 12 hours', () => {
  const sessions = open();
  const { token } = sessions.begin();
  clock.advance(12 * hourMs - 1);
  expect(sessions.read(token)).not.toBeNull();
  clock.advance(1);
  expect(sessions.read(token)).toBeNull();
});

it('renews one that is older than 10 minutes, under the same id', () => {
  const sessions = open();
  const session = sessions.begin();
  clock.advance(10 * minuteMs - 1);
  expect(sessions.renew(session)).toBeNull();
  clock.advance(1);
  const renewed = sessions.renew(session);
  expect(renewed).toMatchObject({ id: session.id, expiresAt: clock.now() + 12 * hourMs });
  expect(sessions.read(renewed?.token ?? '')).toEqual(renewed);
});

it('ends one for good, in all its renewals, and says so', () => {
  const sessions = open();
  const session = sessions.begin();
  clock.advance(hourMs);
  const renewed = sessions.renew(session);
  const heard: string[] = [];
  const stop = sessions.onEnded((id) => heard.push(id));
  sessions.end(session.id);
  expect(sessions.read(session.token)).toBeNull();
  expect(sessions.read(renewed?.token ?? '')).toBeNull();
  expect(heard).toEqual([session.id]);
  stop();
  sessions.end(sessions.begin().id);
  expect(heard).toHaveLength(1);
});

it('goes on refusing an ended one when others end later', () => {
  const sessions = open();
  const session = sessions.begin();
  sessions.end(session.id);
  clock.advance(11 * hourMs);
  sessions.end(sessions.begin().id);
  expect(sessions.read(session.token)).toBeNull();
});

it('refuses every changed letter of a token', () => {
  const sessions = open();
  const { token } = sessions.begin();
  for (let at = 0; at < token.length - 1; at += 1) {
    const changed = token[at] === 'A' ? 'B' : 'A';
    expect(sessions.read(token.slice(0, at) + changed + token.slice(at + 1))).toBeNull();
  }
});

it.each(['', '.', 'a.b.c', 'x'.repeat(10_000)])('refuses %j, which is no token', (token) => {
  expect(open().read(token)).toBeNull();
});

it.each([
  [undefined, null],
  ['', null],
  ['other=1', null],
  ['whatsapp_inbox_session', null],
  ['whatsapp_inbox_session=abc', 'abc'],
  ['a=1; whatsapp_inbox_session=abc; b=2', 'abc'],
  ['my_whatsapp_inbox_session=abc', null],
])('finds the token in the cookies %j', (cookies, token) => {
  expect(sessionTokenIn(cookies)).toBe(token);
});
