import type { HttpConfig } from '../config.ts';
import type { Access } from '../http/access.ts';
import { clientAddress } from '../http/client-address.ts';
import type { Session } from '../http/sessions.ts';
import type { EndReason, LiveConnections } from './live-connections.ts';
import type { SocketConnection } from './socket-connection.ts';

/** Lets WebSocket clients in by what they show, and ends their sockets with their sessions. */
export interface Admission {
  /** False: not let in; the connection is closing then. */
  admit(connection: SocketConnection, connectionParams: Readonly<Record<string, unknown>>): boolean;
}

export interface AdmissionOptions {
  readonly access: Access;
  readonly connections: LiveConnections;
  readonly http: Pick<HttpConfig, 'publicUrl'>;
}

/** Clients come back after 1001, and not after 4401. */
const goodbyes: Readonly<Record<EndReason, readonly [code: number, reason: string]>> = {
  STOPPING: [1001, 'Going away'],
  SESSION_ENDED: [4401, 'Signed out'],
  SESSION_OVER: [1001, 'Show the session again'],
};

export function createAdmission(options: AdmissionOptions): Admission {
  const { access, connections, http } = options;

  function keep(connection: SocketConnection, session: Session | null): void {
    const forget = connections.add({
      session,
      end(reason) {
        connection.close(...goodbyes[reason]);
      },
    });
    connection.whenClosed(forget);
  }

  return {
    admit(connection, connectionParams) {
      const { headers } = connection.request;
      const authorization = authorizationIn(connectionParams) ?? headers.authorization;
      const address = clientAddress(connection.request, http.publicUrl !== null);
      const judgement = access.judge({ authorization, cookie: headers.cookie, address });
      if (judgement.kind === 'GRANTED') {
        keep(connection, judgement.session);
        return true;
      }
      // Clients do not try again after 4401; after 4403 they do, and a key may be set right meanwhile.
      if (authorization === undefined) connection.close(4401, 'Unauthorized');
      else connection.close(4403, 'Forbidden');
      return false;
    },
  };
}

function authorizationIn(params: Readonly<Record<string, unknown>>): string | undefined {
  const value = params['authorization'] ?? params['Authorization'];
  return typeof value === 'string' ? value : undefined;
}
