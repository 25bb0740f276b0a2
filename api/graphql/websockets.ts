import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { secondMs } from '../clock.ts';
import type { HttpConfig } from '../config.ts';
import { createHostGuard } from '../http/host-guard.ts';
import { createOriginCheck } from '../http/origins.ts';
import { graphqlPath } from '../http/paths.ts';
import type { Log } from '../log.ts';
import { limits } from './limits.ts';
import { createAdmission } from './socket-admission.ts';
import type { AdmissionOptions } from './socket-admission.ts';
import { createSocketConnection } from './socket-connection.ts';
import type { SocketConnection } from './socket-connection.ts';
import { createSocketProtocol } from './socket-protocol.ts';
import type { GraphQLServer } from './yoga.ts';

export interface WebSocketsOptions extends AdmissionOptions {
  readonly graphql: GraphQLServer;
  readonly http: HttpConfig;
  readonly log: Log;
  readonly sender: string;
}

// A client that is gone without a word is noticed after the second one.
const heartbeatMs = 15 * secondMs;

/** GraphQL over WebSocket on the upgrades of an HTTP server. */
export function attachWebSockets(
  server: Server,
  options: WebSocketsOptions,
): { stop(): Promise<void> } {
  const { graphql, http, log, sender } = options;
  const protocol = createSocketProtocol({ graphql, sender, admission: createAdmission(options) });
  const refusalOf = createUpgradeJudge(http);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.bodyBytes,
    handleProtocols,
  });
  const silent = new WeakSet<WebSocket>();
  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate();
      silent.add(socket);
      socket.ping();
    }
  }, heartbeatMs).unref();

  const connections = new Set<SocketConnection>();

  function serve(socket: WebSocket, request: IncomingMessage): void {
    const connection = createSocketConnection(socket, request);
    connections.add(connection);
    connection.whenClosed(() => connections.delete(connection));
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: connection.send,
        close: (code = 1000, reason = '') => {
          connection.close(code, reason);
        },
        onMessage: (take) => {
          socket.on('message', (data: Buffer) => void takeMessage(take, data.toString()));
        },
      },
      connection,
    );
    socket.on('pong', () => silent.delete(socket));
    socket.once('close', (code, reason) => void closed(code, String(reason)));
    // A broken frame or one that is too large: ws closes with the code for it.
    socket.on('error', (error) => {
      log.debug({ err: error }, 'WebSocket failed');
    });

    async function takeMessage(take: (message: string) => Promise<void>, message: string) {
      // What came before our goodbye arrived is not for us any more.
      if (socket.readyState !== socket.OPEN) return;
      try {
        await take(message);
      } catch (error) {
        log.error({ err: error }, 'a WebSocket message failed unexpectedly');
        connection.close(CloseCode.InternalServerError, 'Internal server error');
      }
    }
  }

  function upgrade(request: IncomingMessage, duplex: Duplex, head: Buffer): void {
    const status = refusalOf(request);
    if (status === null) sockets.handleUpgrade(request, duplex, head, serve);
    else refuse(duplex, status);
  }

  server.on('upgrade', upgrade);
  return {
    async stop() {
      clearInterval(heartbeat);
      server.off('upgrade', upgrade);
      for (const connection of connections) connection.close(1001, 'Going away');
      await new Promise((resolve) => {
        sockets.close(resolve);
      });
    },
  };
}

/** The status to refuse an upgrade with; null: it is welcome. Requests are judged the same. */
function createUpgradeJudge(http: HttpConfig): (request: IncomingMessage) => number | null {
  const isAnswered = createHostGuard(http);
  const isAllowed = createOriginCheck(http);
  return ({ url, headers }) => {
    if (url?.split('?', 1)[0] !== graphqlPath) return 404;
    if (!isAnswered(headers.host)) return 421;
    return isAllowed(headers) ? null : 403;
  };
}

function refuse(duplex: Duplex, status: number): void {
  duplex.once('finish', () => duplex.destroy());
  duplex.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}
