import type { FastifyError, FastifyInstance, FastifyPluginCallback, FastifyReply } from 'fastify';
import type { Config } from '../config.ts';
import { answerError, sendProblem } from '../http/error-answers.ts';
import { webhookPath } from '../http/paths.ts';
import { HttpProblem } from '../http/problem.ts';
import { answerHandshake } from './handshake.ts';
import { maxDeliveryBytes, tooLarge } from './ingest.ts';
import type { Ingest, Refusal } from './ingest.ts';

export interface WebhookRoutesOptions {
  readonly ingest: Pick<Ingest, 'receive' | 'noteRefusal'>;
  readonly config: { readonly whatsapp: Pick<Config['whatsapp'], 'verifyToken'> };
}

// Meta comes again by its own plan; this is for others.
const retryAfterSeconds = 5;

/** Open to everybody: guarded by the verify token and the signature. */
export function webhookRoutes({ ingest, config }: WebhookRoutesOptions): FastifyPluginCallback {
  return (server, _options, done) => {
    takeRawBodies(server);
    server.setErrorHandler<FastifyError>((error, request, reply) => {
      if (error.code !== 'FST_ERR_CTP_BODY_TOO_LARGE') return answerError(error, request, reply);
      ingest.noteRefusal(tooLarge);
      return sendProblem(reply, problemFor(tooLarge));
    });

    server.get(webhookPath, (request, reply) => {
      const answer = answerHandshake(request.query, config.whatsapp.verifyToken);
      if ('refusal' in answer) throw new HttpProblem({ status: 403, detail: answer.refusal });
      return reply
        .type('text/plain; charset=utf-8')
        .header('x-content-type-options', 'nosniff')
        .send(answer.challenge);
    });

    server.post(webhookPath, { bodyLimit: maxDeliveryBytes }, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const receipt = await ingest.receive(body, request.headers['x-hub-signature-256']);
      return receipt.status === 200 ? reply.send({ status: 'ok' }) : answerRefusal(reply, receipt);
    });
    done();
  };
}

/** The signature is over the bytes: what the content type calls them, well-formed or not, is no matter. */
function takeRawBodies(server: FastifyInstance): void {
  server.addHook('onRequest', (request, _reply, done) => {
    delete request.raw.headers['content-type'];
    done();
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
}

function answerRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  return sendProblem(reply, problemFor(refusal));
}

function problemFor({ status, reason }: Refusal): HttpProblem {
  return new HttpProblem({
    status,
    detail: `${reason}.`,
    ...(status === 503 && { headers: { 'retry-after': String(retryAfterSeconds) } }),
  });
}
