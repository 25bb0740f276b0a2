import type { FastifyPluginCallback } from 'fastify';
import { z } from 'zod';
import type { HttpConfig } from '../config.ts';
import { InvalidInputError } from '../errors.ts';
import type { Access } from './access.ts';
import { addressOf, credentialsOf, notCached, refusalOf } from './access-guard.ts';
import { sessionPath } from './paths.ts';
import { createSessionCookies } from './session-cookie.ts';
import { sessionTokenIn } from './sessions.ts';

// Longer ones are not worth the hashing.
const keyBody = z.object({ key: z.string().min(1).max(1024) });

/** Signing in and out, for the chat app: https://www.rfc-editor.org/rfc/rfc6265#section-5.3 keeps the cookie. */
export function sessionRoutes(options: {
  readonly access: Access;
  readonly http: Pick<HttpConfig, 'publicUrl'>;
}): FastifyPluginCallback {
  const { access, http } = options;
  const cookies = createSessionCookies(http);
  return (server, _options, done) => {
    server.addHook('onRequest', notCached);

    server.get(sessionPath, (request, reply) => {
      const judgement = access.judge(credentialsOf(request, http));
      const session = judgement.kind === 'GRANTED' ? judgement.session : null;
      const renewed = session === null ? null : access.renew(session);
      if (renewed !== null) cookies.set(request, reply, renewed);
      return { required: access.isRequired, active: judgement.kind === 'GRANTED' };
    });

    server.post(sessionPath, (request, reply) => {
      const { key } = keyIn(request.body);
      if (!access.isRequired) return reply.code(204).send();
      const signIn = access.signIn(key, addressOf(request, http));
      if (signIn.kind !== 'GRANTED') throw refusalOf(signIn);
      cookies.set(request, reply, signIn.session);
      return reply.code(204).send();
    });

    server.delete(sessionPath, (request, reply) => {
      const token = sessionTokenIn(request.headers.cookie);
      if (token !== null) access.endSession(token);
      cookies.clear(request, reply);
      return reply.code(204).send();
    });

    done();
  };
}

function keyIn(body: unknown): { readonly key: string } {
  const parsed = keyBody.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new InvalidInputError([{ path: ['key'], message: 'Give the key as text: {"key": "…"}.' }]);
}
