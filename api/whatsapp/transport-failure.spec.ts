import { transportFailureOf } from './transport-failure.ts';

const failing = (cause: unknown) => new TypeError('fetch failed', { cause });
const coded = (code: string, more: object = {}) =>
  Object.assign(new Error(code), { code, ...more });

describe('transportFailureOf', () => {
  it.each([
    coded('ECONNREFUSED'),
    coded('ENOTFOUND', { syscall: 'getaddrinfo' }),
    coded('EAI_AGAIN'),
    coded('ETIMEDOUT', { syscall: 'connect' }),
    coded('EHOSTUNREACH', { syscall: 'connect' }),
    coded('UND_ERR_CONNECT_TIMEOUT'),
    coded('ERR_TLS_CERT_ALTNAME_INVALID'),
    Object.assign(new AggregateError([], 'both families'), { code: 'ECONNREFUSED' }),
  ])('is certain that %s came before anything was sent', (cause) => {
    const failure = transportFailureOf(failing(cause));
    expect(failure.isBeforeSending).toBe(true);
    expect(failure.reason).toBe(Reflect.get(cause, 'code'));
  });

  it.each([
    coded('ECONNRESET', { syscall: 'read' }),
    coded('EPIPE', { syscall: 'write' }),
    coded('ETIMEDOUT', { syscall: 'read' }),
    coded('UND_ERR_SOCKET'),
    coded('UND_ERR_HEADERS_TIMEOUT'),
    coded('UND_ERR_BODY_TIMEOUT'),
  ])('is not certain after %s', (cause) => {
    expect(transportFailureOf(failing(cause)).isBeforeSending).toBe(false);
  });

  it('looks behind more than one cause', () => {
    expect(transportFailureOf(failing(failing(coded('ENOTFOUND'))))).toEqual({
      isBeforeSending: true,
      reason: 'ENOTFOUND',
    });
  });

  it('survives causes that lead back to themselves, and things that are no errors', () => {
    const loop = new Error('loop');
    loop.cause = loop;
    expect(transportFailureOf(loop)).toEqual({ isBeforeSending: false, reason: 'Error' });
    expect(transportFailureOf('text')).toEqual({ isBeforeSending: false, reason: 'unknown' });
  });
});
