import type { FastifyReply, FastifyRequest } from 'fastify';
import { secondMs } from '../clock.ts';
import type { HttpConfig } from '../config.ts';
import { sessionCookie, sessionMs } from './sessions.ts';
import type { Session } from './sessions.ts';

/** How a browser keeps its session: out of reach of scripts, and for requests of our own pages only. */
export interface SessionCookies {
  set(request: FastifyRequest, reply: FastifyReply, session: Session): void;
  clear(request: FastifyRequest, reply: FastifyReply): void;
}

export function createSessionCookies(http: Pick<HttpConfig, 'publicUrl'>): SessionCookies {
  const terms = (request: FastifyRequest) => ({
    path: '/',
    httpOnly: true,
    sameSite: 'strict' as const,
    secure: isHttps(request, http),
  });
  return {
    set(request, reply, session) {
      reply.setCookie(sessionCookie, session.token, {
        ...terms(request),
        maxAge: sessionMs / secondMs,
      });
    },
    clear(request, reply) {
      reply.clearCookie(sessionCookie, terms(request));
    },
  };
}

/** A proxy's word is taken without proof: a lie makes the cookie stricter, nothing else. */
function isHttps(request: FastifyRequest, http: Pick<HttpConfig, 'publicUrl'>): boolean {
  const forwarded = request.headers['x-forwarded-proto'];
  return http.publicUrl?.startsWith('https:') === true || forwarded === 'https';
}
