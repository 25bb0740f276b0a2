/** Why a connection is ended from our side. */
export type EndReason = 'STOPPING' | 'SESSION_ENDED';

export interface LiveConnection {
  /** Null where a key was shown, or none is needed. */
  readonly sessionId: string | null;
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

export function createLiveConnections(): LiveConnections {
  const open = new Set<LiveConnection>();
  let isStopping = false;

  function endThose(wanted: (connection: LiveConnection) => boolean, reason: EndReason): void {
    for (const connection of [...open].filter(wanted)) {
      open.delete(connection);
      connection.end(reason);
    }
  }

  return {
    add(connection) {
      // One that was begun as we stopped would keep us from it.
      if (isStopping) connection.end('STOPPING');
      else open.add(connection);
      return () => open.delete(connection);
    },
    endSession(id) {
      endThose(({ sessionId }) => sessionId === id, 'SESSION_ENDED');
    },
    endAll() {
      isStopping = true;
      endThose(() => true, 'STOPPING');
    },
  };
}
