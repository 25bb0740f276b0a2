import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { HttpConfig } from '../config.ts';

/** Headers for every answer; a page that needs another policy sets its own `content-security-policy`. */
export async function securityHeaders(server: FastifyInstance, http: HttpConfig): Promise<void> {
  const isHttps = http.publicUrl?.startsWith('https:') === true;
  await server.register(helmet, {
    contentSecurityPolicy: false,
    // Only what is reached by https must stay so.
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // It cannot name other origins; `frame-ancestors` can.
    xFrameOptions: http.allowedOrigins.length > 0 ? false : { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // An API of other origins is read with their own key.
    crossOriginResourcePolicy: http.allowedOrigins.length > 0 ? false : { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    // Old browsers' filter, which did more harm than good.
    xXssProtection: true,
  });
  const policy = contentSecurityPolicy(http);
  server.addHook('onRequest', (_request, reply, done) => {
    reply.header('content-security-policy', policy);
    reply.header(
      'permissions-policy',
      'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    );
    done();
  });
}

/** What one page may hold besides files. */
interface PageAllowance {
  readonly styleNonce: string;
  /** Of its inline scripts, as the policy writes them. */
  readonly scriptHashes: readonly string[];
}

/**
 * What a page of ours may load: its own files only. The chat app's components bring their styles
 * as elements at run time; they carry the nonce of the page that they came with.
 */
export function contentSecurityPolicy(http: HttpConfig, page?: PageAllowance): string {
  const scripts = ["'self'", ...(page?.scriptHashes ?? [])].join(' ');
  const styles = page === undefined ? "'self'" : `'self' 'nonce-${page.styleNonce}'`;
  const embedders = http.allowedOrigins.length > 0 ? http.allowedOrigins.join(' ') : "'none'";
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    `frame-ancestors ${embedders}`,
  ].join('; ');
}
