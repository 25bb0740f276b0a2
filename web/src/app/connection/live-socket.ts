import { Injectable, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { createClient } from 'graphql-ws';
import { fromEvent } from 'rxjs';
import { LiveConnections } from './live-connections';

/** How often the connection is tested, and how long the answer may take. */
const pingEveryMs = 12_000;
const pongWithinMs = 6_000;

/**
 * The WebSocket of the live events. It notices a connection that has died without a word (sleep, a
 * changed network) by its pings, and at once where the browser says that it has no network. It does not reconnect: LiveUpdates does, from its place.
 */
@Injectable({ providedIn: 'root' })
export class LiveSocket {
  private readonly connections = inject(LiveConnections);
  private pongTimer: ReturnType<typeof setTimeout> | undefined;

  readonly client = createClient({
    url: socketUrl(window.location),
    retryAttempts: 0,
    keepAlive: pingEveryMs,
    connectionAckWaitTimeout: 10_000,
    on: {
      connected: () => {
        this.connections.made();
      },
      ping: (isReceived) => {
        if (!isReceived) this.expectPong();
      },
      pong: (isReceived) => {
        if (isReceived) clearTimeout(this.pongTimer);
      },
      closed: () => {
        clearTimeout(this.pongTimer);
      },
    },
  });

  constructor() {
    // Where the browser is wrong, since the server is on this machine, the next connection is soon made.
    fromEvent(window, 'offline')
      .pipe(takeUntilDestroyed())
      .subscribe(() => {
        this.client.terminate();
      });
  }

  private expectPong(): void {
    clearTimeout(this.pongTimer);
    this.pongTimer = setTimeout(() => {
      this.client.terminate();
    }, pongWithinMs);
  }
}

/** The address of GraphQL over WebSocket beside this page. */
export function socketUrl({ protocol, host }: Pick<Location, 'protocol' | 'host'>): string {
  return `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/graphql`;
}
