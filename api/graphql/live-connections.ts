import type { Clock } from '../clock.ts';
import type { Session } from '../http/sessions.ts';

/** Why a connection is ended from our side. */
export type EndReason =
  | 'STOPPING'
  | 'SESSION_ENDED'
  /** It was renewed meanwhile, if it is still used: the client comes back and shows the new one. */
  | 'SESSION_OVER';

export interface LiveConnection {
  /** Null where a key was shown, or none is needed. */
  readonly session: Pick<Session, 'id' | 'expiresAt'> | null;
  end(reason: EndReason): void;
}

/** The WebSockets and event streams that are open, so that they end with their session or with us. */
export interface LiveConnections {
  /** Returns what to call when it has ended by itself. */
  add(connection: LiveConnection): () => void;
  readonly endSession: (id: string) => void;
  /** Those that come later end at once. */
  endAll(): void;
}

export function createLiveConnections(clock: Clock): LiveConnections {
  /** With the timer for the end of the session. */
  const open = new Map<LiveConnection, NodeJS.Timeout | undefined>();
  let isStopping = false;

  function forget(connection: LiveConnection): void {
    clearTimeout(open.get(connection));
    open.delete(connection);
  }

  function end(connection: LiveConnection, reason: EndReason): void {
    forget(connection);
    connection.end(reason);
  }

  function endThose(wanted: (connection: LiveConnection) => boolean, reason: EndReason): void {
    for (const connection of [...open.keys()].filter(wanted)) end(connection, reason);
  }

  function expiryOf(connection: LiveConnection): NodeJS.Timeout | undefined {
    const { session } = connection;
    if (session === null) return undefined;
    return setTimeout(() => {
      end(connection, 'SESSION_OVER');
    }, session.expiresAt - clock.now()).unref();
  }

  return {
    add(connection) {
      // One that was begun as we stopped would keep us from it.
      if (isStopping) connection.end('STOPPING');
      else open.set(connection, expiryOf(connection));
      return () => {
        forget(connection);
      };
    },
    endSession(id) {
      endThose(({ session }) => session?.id === id, 'SESSION_ENDED');
    },
    endAll() {
      isStopping = true;
      endThose(() => true, 'STOPPING');
    },
  };
}
