import { outcomeOf } from './answer.ts';
import type { Answer } from './answer.ts';

const now = Date.UTC(2026, 10, 23);
const outcome = (status: number, body: unknown, more: Partial<Answer> = {}) =>
  outcomeOf(
    {
      status,
      retryAfter: null,
      text: typeof body === 'string' ? body : JSON.stringify(body),
      ...more,
    },
    'message',
    now,
  );

describe('outcomeOf', () => {
  it('prefers an acceptance over anything else in the answer', () => {
    const body = { messages: [{ id: 'wamid.1', message_status: 'accepted' }], error: { code: 1 } };
    expect(outcome(200, body)).toEqual({ kind: 'ACCEPTED', wamid: 'wamid.1' });
  });

  it('believes no acceptance in an answer that is an error', () => {
    expect(outcome(500, { messages: [{ id: 'wamid.1' }] })).toMatchObject({ kind: 'UNKNOWN' });
  });

  it.each([
    [{ error: { code: 131008 } }, { code: 131008, title: 'WhatsApp refused it', details: null }],
    [{ error: { code: '131008' } }, { code: 131008, title: 'WhatsApp refused it', details: null }],
    [
      { error: { code: 100, message: '(#100) Invalid parameter', error_data: 'text' } },
      { code: 100, title: 'Invalid parameter', details: null },
    ],
    [
      { error: { code: 368, message: 'Blocked', error_user_msg: 'See your inbox' } },
      { code: 368, title: 'Blocked', details: 'See your inbox' },
    ],
    [{ error: { code: 2, message: 7 } }, { code: 2, title: 'WhatsApp refused it', details: null }],
  ])('finds the code in %j', (body, failure) => {
    expect(outcome(400, body)).toEqual({ kind: 'REFUSED', failure, retryAfterMs: null });
  });

  it('cuts texts that are far too long', () => {
    const error = {
      code: 1,
      message: 'm'.repeat(9_000),
      error_data: { details: 'd'.repeat(9_000) },
    };
    expect(outcome(400, { error })).toMatchObject({
      failure: { title: 'm'.repeat(500), details: 'd'.repeat(500) },
    });
  });

  it.each([301, 302, 303, 307, 308, 400, 401, 403, 404, 413, 421, 499])(
    'takes %i without a code for the answer of something else',
    (status) => {
      expect(outcome(status, '<html></html>')).toMatchObject({
        kind: 'REFUSED',
        failure: { code: null, details: `HTTP status ${status} without a reason.` },
      });
    },
  );

  it('waits as told after a 429 of a gateway', () => {
    expect(outcome(429, '', { retryAfter: '7' })).toMatchObject({
      kind: 'REFUSED',
      failure: { title: 'Too many requests' },
      retryAfterMs: 7_000,
    });
  });

  it('does not know the outcome of an answer that was too long to read', () => {
    expect(outcome(200, '', { text: null })).toMatchObject({ kind: 'UNKNOWN' });
  });

  it.each([
    { error: { code: -1 } },
    { error: { code: 1.5 } },
    { error: { code: 2 ** 31 } },
    { error: { code: 'x' } },
    { error: null },
    [],
    7,
  ])('finds no code in %j', (body) => {
    expect(outcome(500, body)).toMatchObject({ kind: 'UNKNOWN' });
  });
});
