import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { secondMs } from '../clock.ts';
import type { HttpConfig } from '../config.ts';
import type { Access, Credentials, Judgement } from './access.ts';
import { clientAddress } from './client-address.ts';
import { HttpProblem } from './problem.ts';
import { createSessionCookies } from './session-cookie.ts';

/** Lets in who shows the key or a session, and renews the session; add it as `onRequest` hook. */
export function accessGuard(
  access: Access,
  http: Pick<HttpConfig, 'publicUrl'>,
): onRequestHookHandler {
  const cookies = createSessionCookies(http);
  return (request, reply, done) => {
    reply.header('cache-control', 'no-store');
    const judgement = access.judge(credentialsOf(request, http));
    if (judgement.kind !== 'GRANTED') {
      done(refusalOf(judgement));
      return;
    }
    const renewed = judgement.session === null ? null : access.renew(judgement.session);
    if (renewed !== null) cookies.set(request, reply, renewed);
    done();
  };
}

export function credentialsOf(
  request: FastifyRequest,
  http: Pick<HttpConfig, 'publicUrl'>,
): Credentials {
  const { authorization, cookie } = request.headers;
  return { authorization, cookie, address: addressOf(request, http) };
}

export function addressOf(request: FastifyRequest, http: Pick<HttpConfig, 'publicUrl'>): string {
  return clientAddress(request.raw, http.publicUrl !== null);
}

export function refusalOf(judgement: Exclude<Judgement, { kind: 'GRANTED' }>): HttpProblem {
  if (judgement.kind === 'LIMITED') {
    const seconds = Math.ceil(judgement.retryAfterMs / secondMs);
    return new HttpProblem({
      status: 429,
      kind: 'too-many-wrong-keys',
      title: 'Too many wrong keys',
      detail: `Too many wrong keys came from this address. Try again in ${String(seconds)} seconds.`,
      headers: { 'retry-after': String(seconds) },
    });
  }
  return new HttpProblem({
    status: 401,
    kind: 'not-signed-in',
    title: 'Not signed in',
    detail: judgement.reason,
    headers: { 'www-authenticate': 'Bearer realm="whatsapp-inbox"' },
  });
}

/** Keeps an answer out of every cache. */
export function notCached(_request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  reply.header('cache-control', 'no-store');
  done();
}
