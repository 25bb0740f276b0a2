import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { secondMs } from '../clock.ts';

// Ctrl-C ends the program within 10 s; the outbox and the store need the last of them.
const closeWithinMs = 7 * secondMs;
const lookEveryMs = 50;

/**
 * Answers given while the server closes tell the client not to use its connection any more; those
 * that were opened in advance, as browsers do, and never used are ended.
 */
export function endConnectionsOnClose(server: FastifyInstance): void {
  let isClosing = false;
  const connections = new Set<Socket>();
  server.server.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  server.addHook('preClose', (done) => {
    isClosing = true;
    const look = setInterval(() => {
      for (const connection of connections) if (connection.bytesRead === 0) connection.destroy();
    }, lookEveryMs);
    server.server.once('close', () => {
      clearInterval(look);
    });
    done();
  });
  server.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close');
  });
}

/** Takes no new connections and finishes the running requests; those that do not end in time are cut off. */
export async function closeServer(fastify: FastifyInstance): Promise<void> {
  // Node closes the connections that are idle at that moment, not those that become so later.
  const look = setInterval(() => {
    fastify.server.closeIdleConnections();
  }, lookEveryMs);
  const cutOff = setTimeout(() => {
    fastify.server.closeAllConnections();
  }, closeWithinMs);
  try {
    await fastify.close();
  } finally {
    clearInterval(look);
    clearTimeout(cutOff);
  }
}
