import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { createSocketConnection } from './socket-connection.ts';

it('gives a client that does not read up once, however much there is for it', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${String(port)}`);
  const opened = once(client, 'open');
  const [socket, request] = (await once(server, 'connection')) as [WebSocket, IncomingMessage];
  await opened;
  client.pause();
  const connection = createSocketConnection(socket, request);
  const before = socket.listenerCount('close');
  for (let count = 0; count < 100; count += 1) void connection.send('x'.repeat(1024 * 1024));
  expect(socket.listenerCount('close')).toBe(before);
  client.terminate();
  await once(socket, 'close');
  await new Promise((resolve) => {
    server.close(resolve);
  });
});
