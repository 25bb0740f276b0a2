import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';

const files = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/bubble.js': ['bubble.js', 'text/javascript; charset=utf-8'],
  '/chat.js': ['chat.js', 'text/javascript; charset=utf-8'],
  '/faults.js': ['faults.js', 'text/javascript; charset=utf-8'],
  '/wire.js': ['wire.js', 'text/javascript; charset=utf-8'],
} as const;

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:";

/** The page on which a person plays the customer. */
export function pageRoutes(server: FastifyInstance): void {
  for (const [path, [name, type]] of Object.entries(files)) {
    server.get(path, async (_request, reply: FastifyReply) => {
      const body = await readFile(new URL(`./page/${name}`, import.meta.url));
      return reply
        .type(type)
        .header('content-security-policy', policy)
        .header('cache-control', 'no-cache')
        .send(body);
    });
  }
}
