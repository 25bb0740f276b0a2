import cors from '@fastify/cors';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import type { HttpConfig } from '../config.ts';
import { HttpProblem } from './problem.ts';

/** What a browser says about where a request comes from. */
export interface OriginHeaders {
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
  readonly 'sec-fetch-site'?: string | string[] | undefined;
}

/**
 * Whether the page that sent a request may call the API: our own, PUBLIC_URL's, or one of
 * ALLOWED_ORIGINS. Programs that are no browsers send neither header and may.
 */
export function createOriginCheck(http: HttpConfig): (headers: OriginHeaders) => boolean {
  const trusted = new Set(http.allowedOrigins);
  if (http.publicUrl !== null) trusted.add(new URL(http.publicUrl).origin);
  return (headers) => {
    const { origin, host } = headers;
    if (origin === undefined) return headers['sec-fetch-site'] !== 'cross-site';
    // The scheme is left out: a proxy with a certificate speaks plain HTTP to us.
    return trusted.has(origin) || (URL.canParse(origin) && new URL(origin).host === host);
  };
}

/** Lets pages of ALLOWED_ORIGINS read the answers; without any, browsers keep other pages out. */
export async function crossOriginCalls(server: FastifyInstance, http: HttpConfig): Promise<void> {
  if (http.allowedOrigins.length === 0) return;
  await server.register(cors, {
    origin: [...http.allowedOrigins],
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'last-event-id'],
    maxAge: 600, // seconds
  });
}

const readOnly = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses what would change something on behalf of a foreign page. */
export function originGuard(isAllowed: (headers: OriginHeaders) => boolean): onRequestHookHandler {
  return (request, _reply, done) => {
    if (readOnly.has(request.method) || isAllowed(request.headers)) done();
    else done(foreignOrigin);
  };
}

const foreignOrigin = new HttpProblem({
  status: 403,
  detail: 'This origin may not call the API. Add it to ALLOWED_ORIGINS if it is yours.',
});
