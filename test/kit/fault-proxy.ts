import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A TCP proxy before a server, which behaves as networks do on bad days. */
export interface FaultProxy {
  /** Where it listens, all along, but while it refuses. */
  readonly port: number;
  /** Bytes go both ways again, those that were held back first. */
  pass(): Promise<void>;
  /** Open connections are reset and new ones refused, as by a server that has ended. */
  refuse(): Promise<void>;
  /** Nothing comes through either way, and nobody is told. */
  stall(): void;
  /** Each open connection is reset after this many more bytes to the server: in the midst of what is written. */
  cutAfter(bytes: number): void;
  close(): Promise<void>;
}

interface Link {
  readonly near: Socket;
  readonly far: Socket;
  bytesLeft: number;
}

export async function startFaultProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<FaultProxy> {
  const links = new Set<Link>();
  let isStalled = false;
  const server = createServer(accept);

  function accept(near: Socket): void {
    const link: Link = { near, far: connect(target), bytesLeft: Infinity };
    links.add(link);
    for (const socket of [near, link.far]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        end(link);
      });
      if (isStalled) socket.pause();
    }
    near.on('data', (chunk: Buffer) => {
      const allowed = chunk.subarray(0, link.bytesLeft);
      link.bytesLeft -= chunk.length;
      if (link.bytesLeft > 0) {
        link.far.write(allowed);
        return;
      }
      // What came before the cut has arrived.
      link.far.end(allowed);
      near.resetAndDestroy();
    });
    link.far.on('data', (chunk: Buffer) => near.write(chunk));
  }

  function end(link: Link): void {
    links.delete(link);
    link.near.destroy();
    // Its last bytes may still be on their way.
    if (link.bytesLeft > 0) link.far.destroy();
  }

  function reset(): void {
    for (const { near, far } of links) {
      near.resetAndDestroy();
      far.destroy();
    }
    links.clear();
  }

  async function listen(port: number): Promise<void> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  }

  async function refuse(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    reset();
    await closed;
  }

  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async pass() {
      isStalled = false;
      for (const { near, far } of links) for (const socket of [near, far]) socket.resume();
      if (!server.listening) await listen(port);
    },
    refuse,
    stall() {
      isStalled = true;
      for (const { near, far } of links) for (const socket of [near, far]) socket.pause();
    },
    cutAfter(bytes) {
      for (const link of links) link.bytesLeft = bytes;
    },
    close: refuse,
  };
}
