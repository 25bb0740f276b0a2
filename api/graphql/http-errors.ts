import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { HttpProblem } from '../http/problem.ts';
import { limits } from './limits.ts';

const codeByStatus: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  406: 'NOT_ACCEPTABLE',
  413: 'LIMIT_EXCEEDED',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
};

/** Whatever is refused before it reaches GraphQL, in the form that GraphQL clients read. */
export function answerGraphQLError(
  error: FastifyError | HttpProblem,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status >= 500) request.log.error({ err: error }, 'request failed');
  const code = codeByStatus[status] ?? (status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR');
  const mediaType = 'application/graphql-response+json';
  const isTaken = request.headers.accept?.includes(mediaType) === true;
  return reply
    .code(status)
    .headers(error instanceof HttpProblem ? error.headers : {})
    .type(`${isTaken ? mediaType : 'application/json'}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message: messageOf(error), extensions: { code } }] }));
}

function messageOf(error: FastifyError | HttpProblem): string {
  const status = error.statusCode ?? 500;
  if (status === 413)
    return `The request is larger than the body limit of ${limits.bodyBytes} bytes.`;
  if (status === 415) return 'Send the operation as application/json.';
  return status < 500 ? error.message : 'Unexpected error.';
}
