import type { IncomingHttpHeaders } from 'node:http';
import type { onRequestHookHandler } from 'fastify';
import type { OriginHeaders } from '../http/origins.ts';
import { HttpProblem } from '../http/problem.ts';

// What a page can make a browser ask for without our consent takes anything (an image, a script).
const answersOfPrograms = ['json', 'text/event-stream', 'text/html'];
// Browsers ask first before they send one of these for another origin's page.
const askedFirst = ['apollo-require-preflight', 'x-graphql-require-preflight', 'x-requested-with'];

/**
 * Refuses queries by GET that a foreign page could have caused; POST is guarded for all routes,
 * and takes only JSON, which browsers do not send for a foreign page unasked.
 */
export function forgeryGuard(isAllowed: (headers: OriginHeaders) => boolean): onRequestHookHandler {
  return ({ method, headers }, _reply, done) => {
    if (method !== 'GET') done();
    else if (!isAllowed(headers)) done(foreignOrigin);
    else if (isDeliberate(headers)) done();
    else done(tooSimple);
  };
}

function isDeliberate(headers: IncomingHttpHeaders): boolean {
  const { accept, 'content-type': contentType } = headers;
  // No browser, or one without anything of ours to lend to a foreign page.
  if (headers['sec-fetch-site'] === undefined && headers.cookie === undefined) return true;
  if (answersOfPrograms.some((type) => String(accept).includes(type))) return true;
  if (String(contentType).startsWith('application/json')) return true;
  return askedFirst.some((name) => headers[name] !== undefined);
}

const foreignOrigin = new HttpProblem({
  status: 403,
  detail: 'This origin may not call the API. Add it to ALLOWED_ORIGINS if it is yours.',
});
const tooSimple = new HttpProblem({
  status: 400,
  detail:
    'A query by GET says which answer it takes: send `Accept: application/graphql-response+json`.',
});
