import type { Clock } from '../clock.ts';
import type { HttpConfig } from '../config.ts';
import type { Access } from '../http/access.ts';
import { clientAddress } from '../http/client-address.ts';
import type { Session } from '../http/sessions.ts';
import type { LiveConnections } from './live-connections.ts';
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
  readonly clock: Clock;
}

export function createAdmission(options: AdmissionOptions): Admission {
  const { access, connections, http, clock } = options;

  function keep(connection: SocketConnection, session: Session | null): void {
    const forget = connections.add({
      sessionId: session?.id ?? null,
      end(reason) {
        if (reason === 'STOPPING') connection.close(1001, 'Going away');
        else connection.close(4401, 'Signed out');
      },
    });
    connection.whenClosed(forget);
    if (session === null) return;
    // It was renewed meanwhile, if it is still used: the client comes back and shows the new one.
    const over = setTimeout(() => {
      connection.close(1001, 'Show the session again');
    }, session.expiresAt - clock.now()).unref();
    connection.whenClosed(() => {
      clearTimeout(over);
    });
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
