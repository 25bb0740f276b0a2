import type { FastifyInstance } from 'fastify';

// Asked for every few seconds by whoever watches the server: of interest only when they fail.
const watched = new Set(['/plugins/whatsapp/health', '/metrics']);

/** One line for each request: the pattern of its route, since paths and queries may hold numbers. */
export function logRequests(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    const isRoutine = watched.has(route) || route === '/*' || route === 'unmatched';
    const level = isRoutine && reply.statusCode < 500 ? 'debug' : 'info';
    request.log[level](
      {
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    );
    done();
  });
}
