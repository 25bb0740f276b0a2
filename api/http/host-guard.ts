import type { onRequestHookHandler } from 'fastify';
import type { HttpConfig } from '../config.ts';
import { HttpProblem } from './problem.ts';
import { webhookPath } from './paths.ts';

/**
 * Without a key the server is meant for this machine alone, and a web page must not get at it by
 * letting its own name resolve to 127.0.0.1 (DNS rebinding): only names are answered that cannot
 * be made to point here by a stranger. True for every host when a key is set.
 */
export function createHostGuard(http: HttpConfig): (host: string | undefined) => boolean {
  if (http.apiKey !== null) return () => true;
  const known = new Set(['localhost', '127.0.0.1', '[::1]', bracketed(http.host)]);
  if (http.publicUrl !== null) known.add(new URL(http.publicUrl).hostname);
  return (host) => host !== undefined && known.has(hostnameOf(host));
}

export interface HostGuardOptions {
  readonly isAnswered: (host: string | undefined) => boolean;
  /** Signed deliveries are safe under any name, so a tunnel for Meta needs no more than itself. */
  readonly webhookIsSigned: boolean;
}

export function hostGuard({ isAnswered, webhookIsSigned }: HostGuardOptions): onRequestHookHandler {
  return (request, _reply, done) => {
    const isWebhook = webhookIsSigned && request.routeOptions.url === webhookPath;
    if (isWebhook || isAnswered(request.headers.host)) done();
    else done(misdirected);
  };
}

const misdirected = new HttpProblem({
  status: 421,
  detail:
    'Without API_KEY only localhost is answered. Set API_KEY, or PUBLIC_URL to the address that you use.',
});

/** Without the port, in lower case. */
function hostnameOf(host: string): string {
  return host.replace(/:\d+$/, '').replace(/\.$/, '').toLowerCase();
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
