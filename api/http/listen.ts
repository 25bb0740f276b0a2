import type { FastifyInstance } from 'fastify';
import type { HttpConfig } from '../config.ts';
import { StartError, systemCodeOf } from '../errors.ts';

/** Resolves with the address for a browser on this machine. */
export async function listenOn(server: FastifyInstance, http: HttpConfig): Promise<string> {
  try {
    await server.listen({
      host: http.host,
      port: http.port,
      listenTextResolver: (address) => `listening at ${address}`,
    });
  } catch (error) {
    throw explained(error, http);
  }
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : http.port;
  return `http://${shownHost(http.host)}:${String(port)}`;
}

/** Every address and loopback alike are reached as localhost from here. */
function shownHost(host: string): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

const remedies: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program. Set PORT to a free one, or stop the other program',
  EACCES: 'may not be opened by this user. Set PORT to 1024 or more',
  EADDRNOTAVAIL: 'cannot be opened: this machine has no such address. Check HOST',
  ENOTFOUND: 'cannot be opened: there is no such host. Check HOST',
};

function explained(error: unknown, { host, port }: HttpConfig): unknown {
  const remedy = remedies[systemCodeOf(error) ?? ''];
  if (remedy === undefined) return error;
  return new StartError(`Port ${String(port)} on ${host} ${remedy}.`, { cause: error });
}
