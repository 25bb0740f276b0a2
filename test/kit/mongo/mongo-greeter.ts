import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { BSON } from 'mongodb';
import type { Document } from 'mongodb';

/** Speaks just enough of MongoDB's protocol to be greeted: for servers that nobody has at hand. */
export interface Greeter {
  readonly uri: string;
  close(): Promise<void>;
}

const headerBytes = 16;
const opMsg = 2_013;
const opQuery = 2_004;
const opReply = 1;

/** @param answer to every command but the greeting; by default it is well. */
export async function startGreeter(
  greeting: Document,
  answer: Document = { ok: 1 },
): Promise<Greeter> {
  const sockets = new Set<Socket>();
  const hello = {
    ok: 1,
    helloOk: true,
    minWireVersion: 0,
    maxWireVersion: 21,
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    ...greeting,
  };
  const server = createServer((socket) => {
    let pending = Buffer.alloc(0);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= headerBytes && pending.length >= pending.readInt32LE(0)) {
        const message = pending.subarray(0, pending.readInt32LE(0));
        pending = pending.subarray(message.length);
        if (message.length < headerBytes) socket.destroy();
        else reply(socket, message);
      }
    });
  });

  function reply(socket: Socket, message: Buffer): void {
    const isOld = message.readInt32LE(12) === opQuery;
    const isGreeting = isOld || /hello|ismaster/i.test(message.toString('latin1'));
    const body = BSON.serialize(isGreeting ? hello : answer);
    // An old reply has flags, cursor, start and count before its document; a message flags and the kind of section.
    const lead = Buffer.alloc(isOld ? 20 : 5);
    if (isOld) lead.writeInt32LE(1, 16);
    const head = Buffer.alloc(headerBytes);
    head.writeInt32LE(headerBytes + lead.length + body.length, 0);
    head.writeInt32LE(message.readInt32LE(4), 8);
    head.writeInt32LE(isOld ? opReply : opMsg, 12);
    socket.write(Buffer.concat([head, lead, body]));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    uri: `mongodb://127.0.0.1:${String(port)}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
