import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A browser asks for a page; everything else says which kind of answer it takes. */
export function wantsPage({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && headers.accept?.includes('text/html') === true;
}

export interface GraphiqlPage {
  send(reply: FastifyReply): Promise<FastifyReply>;
}

/**
 * GraphiQL, with everything it needs in the page: 9 MB, so it is loaded and packed when somebody
 * asks for it for the first time.
 */
export function createGraphiqlPage(): GraphiqlPage {
  let loading: ReturnType<typeof loadPage> | null = null;
  return {
    async send(reply) {
      const { policy, packed } = await (loading ??= loadPage());
      return reply
        .headers({
          'content-type': 'text/html; charset=utf-8',
          'content-encoding': 'gzip',
          'content-security-policy': policy,
        })
        .send(packed);
    },
  };
}

async function loadPage(): Promise<{ readonly policy: string; readonly packed: Buffer }> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const page = renderGraphiQL({ title: 'WhatsApp inbox: GraphiQL' });
  return { policy: policyFor(page), packed: await promisify(gzip)(page) };
}

/** Its own scripts by their hashes; its editor makes workers and styles as it runs. */
function policyFor(page: string): string {
  const scripts = Array.from(page.matchAll(/<script>([\s\S]*?)<\/script>/g), ([, text = '']) => {
    return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  });
  return [
    "default-src 'none'",
    `script-src ${scripts.join(' ')} blob:`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'font-src data:',
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
