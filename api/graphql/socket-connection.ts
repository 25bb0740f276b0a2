import type { IncomingMessage } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { WebSocket } from 'ws';
import { secondMs } from '../clock.ts';

/** One WebSocket of a client. */
export interface SocketConnection {
  readonly request: IncomingMessage;
  /** Resolves at once while the client reads; else when the network has taken this message. */
  readonly send: (message: string) => Promise<void>;
  /** Says why, and cuts it off when the client does not answer. */
  readonly close: (code: number, reason: string) => void;
  whenClosed(listener: () => void): void;
  /** The feed has gone on without a stream of this client: ends it if it is because it does not read. */
  readonly passed: () => void;
}

// What may wait for the network before its senders wait, and before the client is given up.
const highWaterBytes = 256 * 1024;
const maxWaitingBytes = 1024 * 1024;
// For a client to take note; one that does not read may find the time, what waits for it is bounded.
const goodbyeMs = secondMs;
const slowGoodbyeMs = 10 * secondMs;
// "Try Again Later": https://www.iana.org/assignments/websocket
const tryAgainLater = 1013;

export function createSocketConnection(
  socket: WebSocket,
  request: IncomingMessage,
): SocketConnection {
  let cutOff: NodeJS.Timeout | undefined;
  let cutOffAt = Infinity;
  socket.once('close', () => {
    clearTimeout(cutOff);
  });

  function close(code: number, reason: string): void {
    closeWithin(goodbyeMs, code, reason);
  }

  /** Whoever asks for less time gets it; asking again, with each message that does not get through, gives no more. */
  function closeWithin(limitMs: number, code: number, reason: string): void {
    const at = performance.now() + limitMs;
    if (at >= cutOffAt) return;
    cutOffAt = at;
    socket.close(code, reason);
    clearTimeout(cutOff);
    cutOff = setTimeout(() => {
      socket.terminate();
    }, limitMs);
  }

  function closeAsSlow(): void {
    const reason = 'SLOW_CONSUMER: resume after your last cursor';
    closeWithin(slowGoodbyeMs, tryAgainLater, reason);
  }

  return {
    request,
    send(message) {
      if (socket.bufferedAmount > maxWaitingBytes) closeAsSlow();
      return new Promise((resolve) => {
        // What cannot be sent any more is of no use: its stream ends with the socket.
        socket.send(message, () => {
          resolve();
        });
        if (socket.bufferedAmount <= highWaterBytes) resolve();
      });
    },
    close,
    whenClosed(listener) {
      socket.once('close', listener);
    },
    passed() {
      // The error of the stream would wait behind what the client does not read.
      if (socket.bufferedAmount > highWaterBytes) closeAsSlow();
    },
  };
}
