import type { FastifyPluginCallback } from 'fastify';
import type { HttpConfig } from '../config.ts';
import type { Access } from '../http/access.ts';
import { accessGuard } from '../http/access-guard.ts';
import { createOriginCheck } from '../http/origins.ts';
import { graphqlPath } from '../http/paths.ts';
import type { Log } from '../log.ts';
import type { UseCases } from './context.ts';
import { forgeryGuard } from './forgery-guard.ts';
import { createGraphiqlPage, wantsPage } from './graphiql-page.ts';
import { answerGraphQLError } from './http-errors.ts';
import { createHttpTransport } from './http-transport.ts';
import { limits } from './limits.ts';
import { createLiveConnections } from './live-connections.ts';
import { attachWebSockets } from './websockets.ts';
import { createGraphQLServer } from './yoga.ts';

export interface GraphQLRoutesOptions {
  readonly useCases: UseCases;
  readonly access: Access;
  readonly http: HttpConfig;
  readonly log: Log;
}

// One owner: whoever is let in.
const sender = 'owner';

/**
 * GraphQL by POST, GET, server-sent events and WebSocket, and GraphiQL for a browser, all at one
 * path. WebSockets and event streams end when the server closes.
 */
export function graphqlRoutes(options: GraphQLRoutesOptions): FastifyPluginCallback {
  const { useCases, access, http, log } = options;
  return (server, _options, done) => {
    const graphql = createGraphQLServer({ useCases, log, path: graphqlPath });
    const connections = createLiveConnections(useCases.clock);
    const shared = { access, http, log, graphql, connections, sender };
    const answer = createHttpTransport(shared);
    const graphiql = createGraphiqlPage();
    const sockets = attachWebSockets(server.server, shared);
    const stopListening = access.onSessionEnded(connections.endSession);

    // The text goes to GraphQL as it is. No other type: browsers send JSON only for our own pages.
    server.removeAllContentTypeParsers();
    server.addContentTypeParser(
      ['application/json', 'application/graphql-response+json'],
      { parseAs: 'string', bodyLimit: limits.bodyBytes },
      (_request, body, parsed) => {
        parsed(null, body);
      },
    );
    server.setErrorHandler(answerGraphQLError);
    server.addHook('onRequest', accessGuard(access, http));
    server.addHook('onRequest', forgeryGuard(createOriginCheck(http)));
    server.get(graphqlPath, (request, reply) =>
      wantsPage(request) ? graphiql.send(reply) : answer(request, reply),
    );
    server.post(graphqlPath, answer);
    server.addHook('preClose', async () => {
      stopListening();
      connections.endAll();
      await sockets.stop();
    });
    done();
  };
}
