import type { ExecutionResult } from 'graphql';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '../http/access.ts';
import { credentialsOf } from '../http/access-guard.ts';
import type { HttpConfig } from '../config.ts';
import { HttpProblem } from '../http/problem.ts';
import type { LiveConnections } from './live-connections.ts';
import { eventStream } from './server-sent-events.ts';
import type { GraphQLServer, TransportContext } from './yoga.ts';

export interface HttpTransportOptions {
  readonly graphql: GraphQLServer;
  readonly connections: LiveConnections;
  readonly access: Access;
  readonly http: Pick<HttpConfig, 'publicUrl'>;
  readonly sender: string;
}

/** Answers GraphQL over HTTP: https://graphql.github.io/graphql-over-http/draft/ */
export type HttpTransport = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

export function createHttpTransport(options: HttpTransportOptions): HttpTransport {
  const { graphql, connections, access, http, sender } = options;

  /** An event stream, for as long as the client, its session and we go on. */
  function stream(
    request: FastifyRequest,
    reply: FastifyReply,
    answers: AsyncIterable<ExecutionResult>,
  ): FastifyReply {
    const judgement = access.judge(credentialsOf(request, http));
    const session = judgement.kind === 'GRANTED' ? judgement.session : null;
    const forget = connections.add({
      session,
      // Cut, not completed: the client is to come back for the rest.
      end: () => reply.raw.destroy(),
    });
    return reply.send(eventStream(answers).once('close', forget));
  }

  return async (request, reply) => {
    const lastEventId = request.headers['last-event-id'];
    const context: TransportContext = {
      terms: {
        sender,
        resumeAfter: typeof lastEventId === 'string' && lastEventId !== '' ? lastEventId : null,
        onPassed: () => {
          // Its error would wait behind what the client does not read.
          if (reply.raw.writableNeedDrain) reply.raw.destroy();
        },
      },
    };
    const response = await graphql.handleNodeRequestAndResponse(
      nodeRequestOf(request),
      reply.raw,
      context,
    );
    if (response.status === 406) throw notAcceptable;
    reply.code(response.status).headers(Object.fromEntries(response.headers));
    return context.answers === undefined
      ? reply.send(await response.text())
      : stream(request, reply, context.answers);
  };
}

function nodeRequestOf(request: FastifyRequest) {
  const { method, headers, url, body, socket } = request;
  if (method === 'POST' && (typeof body !== 'string' || body === '')) throw emptyBody;
  return { method, headers, url, body, socket };
}

const notAcceptable = new HttpProblem({
  status: 406,
  detail:
    'Say which answer you take: `Accept: application/graphql-response+json`, or `text/event-stream` for a subscription.',
});

const emptyBody = new HttpProblem({
  status: 400,
  detail: 'The body is empty: send {"query": "…"} as application/json.',
});
