import { once } from 'node:events';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import { createSeenEvents, eventsQuery } from './seen-events.ts';
import type { Follower } from './seen-events.ts';

export interface FollowOptions {
  readonly query?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly connectionParams?: Readonly<Record<string, unknown>>;
  /** Headers of the upgrade. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly socket?: ClientOptions;
}

/** Subscribes over a real WebSocket by the client library, without its own reconnecting. */
export function follow(url: string, options: FollowOptions = {}): Follower {
  const { query = eventsQuery, variables, connectionParams, headers, socket } = options;
  class SocketWithHeaders extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { ...socket, headers: { ...headers } });
    }
  }
  const seen = createSeenEvents();
  const client = createClient({
    url: socketUrl(url),
    webSocketImpl: SocketWithHeaders,
    retryAttempts: 0,
    ...(connectionParams && { connectionParams: { ...connectionParams } }),
    on: {
      closed(event) {
        const { code, reason } = event as { code: number; reason: string };
        seen.close({ code, reason });
      },
    },
  });
  client.subscribe(
    { query, variables: { ...variables } },
    {
      next: seen.result,
      error: (error) => {
        seen.result({ errors: Array.isArray(error) ? error : [error] });
      },
      complete: seen.complete,
    },
  );
  return seen.follower(async () => {
    await client.dispose();
  });
}

export function socketUrl(url: string): string {
  return new URL('/graphql', url).href.replace(/^http/, 'ws');
}

/** A WebSocket that speaks the protocol by hand. */
export async function openRawSocket(
  url: string,
  options: ClientOptions = {},
): Promise<{ readonly socket: WebSocket; readonly send: (message: unknown) => void }> {
  const socket = new WebSocket(socketUrl(url), 'graphql-transport-ws', options);
  await once(socket, 'open');
  return {
    socket,
    send(message) {
      socket.send(JSON.stringify(message));
    },
  };
}
