import type { FastifyPluginAsync } from 'fastify';
import { InvalidInputError } from '../errors.ts';
import { answerError } from '../http/error-answers.ts';
import { pluginPath } from '../http/paths.ts';
import { conversationsRoute } from './conversations-route.ts';
import type { ConversationsRouteOptions } from './conversations-route.ts';
import { inRestNames } from './input.ts';
import { messagesRoute } from './messages-route.ts';
import type { MessagesRouteOptions } from './messages-route.ts';
import { createOpenApi } from './openapi.ts';
import { sendRoute } from './send-route.ts';
import type { SendRouteOptions } from './send-route.ts';

export type RestOptions = ConversationsRouteOptions &
  MessagesRouteOptions &
  SendRouteOptions & { readonly version: string };

/** The routes of the original plugin that need the key, and their description. */
export function restRoutes(options: RestOptions): FastifyPluginAsync {
  return async (server) => {
    server.setErrorHandler<Error>((error, request, reply) =>
      answerError(error instanceof InvalidInputError ? inRestNames(error) : error, request, reply),
    );
    const openApi = createOpenApi(options.version);
    server.get(`${pluginPath}/openapi.json`, () => openApi);
    await server.register(sendRoute(options));
    await server.register(messagesRoute(options));
    await server.register(conversationsRoute(options));
  };
}
