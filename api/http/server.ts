import cookie from '@fastify/cookie';
import { fastify, LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { secondMs } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { answerError } from './error-answers.ts';
import { endConnectionsOnClose } from './close-server.ts';
import { createHostGuard, hostGuard } from './host-guard.ts';
import { createOriginCheck, crossOriginCalls, originGuard } from './origins.ts';
import { readJsonOnly } from './json-body.ts';
import { logRequests } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';

export interface ServerOptions {
  readonly config: Pick<Config, 'http' | 'whatsapp'>;
  readonly log: Log;
}

// Routes that take more say so themselves.
const bodyLimitBytes = 64 * 1024;
// For a whole request to arrive; answers may take longer.
const requestTimeoutMs = 30 * secondMs;

/** The HTTP server with what holds for every route: guards, headers, logs, and one shape of error. */
export async function createServer({ config, log }: ServerOptions): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = log;
  const server = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    // What still comes in on an open connection while we stop is answered, then the connection ends.
    return503OnClosing: false,
  });
  const { http, whatsapp } = config;
  server.setErrorHandler(answerError);
  endConnectionsOnClose(server);
  readJsonOnly(server);
  logRequests(server);
  await server.register(cookie);
  await securityHeaders(server, http);
  server.addHook(
    'onRequest',
    hostGuard({
      isAnswered: createHostGuard(http),
      webhookIsSigned: whatsapp.appSecret !== null || !whatsapp.allowsUnsignedWebhooks,
    }),
  );
  await crossOriginCalls(server, http);
  server.addHook('onRequest', originGuard(createOriginCheck(http)));
  return server;
}
