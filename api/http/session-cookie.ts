import type { FastifyReply, FastifyRequest } from 'fastify';
import { secondMs } from '../clock.ts';
import type { HttpConfig } from '../config.ts';
import { sessionCookie, sessionMs } from './sessions.ts';
import type { Session } from './sessions.ts';

/** The app knows it by this name, too. */
const signCookie = 'whatsapp_inbox_signed_in';

/**
 * How a browser keeps its session: out of reach of scripts, and for requests of our own pages only. Beside it stands
 * a sign for the app, which lasts as long: that there may be a session, also while nobody can be asked.
 */
export interface SessionCookies {
  set(request: FastifyRequest, reply: FastifyReply, session: Session): void;
  clear(request: FastifyRequest, reply: FastifyReply): void;
}

export function createSessionCookies(http: Pick<HttpConfig, 'publicUrl'>): SessionCookies {
  const signTerms = (request: FastifyRequest) => ({
    path: '/',
    sameSite: 'strict' as const,
    secure: isHttps(request, http),
  });
  const terms = (request: FastifyRequest) => ({ ...signTerms(request), httpOnly: true });
  const maxAge = sessionMs / secondMs;
  return {
    set(request, reply, session) {
      reply.setCookie(sessionCookie, session.token, { ...terms(request), maxAge });
      reply.setCookie(signCookie, '1', { ...signTerms(request), maxAge });
    },
    clear(request, reply) {
      reply.clearCookie(sessionCookie, terms(request));
      reply.clearCookie(signCookie, signTerms(request));
    },
  };
}

/** A proxy's word is taken without proof: a lie makes the cookie stricter, nothing else. */
function isHttps(request: FastifyRequest, http: Pick<HttpConfig, 'publicUrl'>): boolean {
  const forwarded = request.headers['x-forwarded-proto'];
  return http.publicUrl?.startsWith('https:') === true || forwarded === 'https';
}
