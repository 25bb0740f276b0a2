import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { InvalidInputError, StoreUnavailableError } from '../errors.ts';
import { HttpProblem, problemMediaType } from './problem.ts';

/** Every failure as a problem; what is not meant for the caller is logged and masked. */
export function answerError(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = toProblem(error);
  if (problem.statusCode >= 500) {
    // One that is meant for the caller has nothing more to tell.
    if (error === problem) request.log.info({ status: problem.statusCode }, 'request refused');
    else request.log.error({ err: error }, 'request failed');
  }
  return sendProblem(reply, problem);
}

export function sendProblem(reply: FastifyReply, problem: HttpProblem): FastifyReply {
  return reply
    .code(problem.statusCode)
    .headers(problem.headers)
    .type(problemMediaType)
    .serializer(JSON.stringify)
    .send(problem.body);
}

function toProblem(error: FastifyError | Error): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof InvalidInputError) return invalidInput(error);
  if (error instanceof StoreUnavailableError) return storeUnavailable();
  const status = 'statusCode' in error ? error.statusCode : undefined;
  // The framework's own refusals of a request: not JSON, too large, another media type.
  if (status !== undefined && status >= 400 && status < 500)
    return new HttpProblem({ status, detail: error.message });
  return new HttpProblem({
    status: 500,
    detail: 'Something went wrong on our side; the log of the server says what.',
  });
}

export function invalidInput(error: InvalidInputError): HttpProblem {
  return new HttpProblem({
    status: 422,
    kind: 'invalid-input',
    title: 'Invalid input',
    detail: error.message,
    issues: error.issues,
  });
}

export function storeUnavailable(): HttpProblem {
  return new HttpProblem({
    status: 503,
    kind: 'store-unavailable',
    title: 'Store unavailable',
    detail: 'The store cannot be reached or written at the moment. Try again.',
    headers: { 'retry-after': '5' },
  });
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** 405 where the path exists for other methods, else 404. */
export function answerNotFound(
  this: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const url = request.url.split('?', 1)[0] ?? '';
  const allowed = methods.filter((method) => this.hasRoute({ method, url }));
  const problem =
    allowed.length > 0
      ? new HttpProblem({
          status: 405,
          detail: `This address takes ${allowed.join(', ')}.`,
          headers: { allow: allowed.join(', ') },
        })
      : new HttpProblem({ status: 404, detail: 'There is nothing at this address.' });
  return sendProblem(reply, problem);
}
