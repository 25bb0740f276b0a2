import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpConfig } from '../config.ts';
import { answerNotFound } from './error-answers.ts';
import { belongsToApi } from './paths.ts';
import { contentSecurityPolicy } from './security-headers.ts';

export interface WebAppOptions {
  /** Where the built app is; files may have brotli (.br) and gzip (.gz) forms beside them. */
  readonly directory: string;
  readonly http: HttpConfig;
}

/** The chat app's files, and its page for every address that is its own to understand. */
export async function serveWebApp(
  server: FastifyInstance,
  { directory, http }: WebAppOptions,
): Promise<void> {
  const sendPage = pageSender(directory, http);
  server.get('/', (_request, reply) => sendPage(reply));
  server.get('/index.html', (_request, reply) => sendPage(reply));
  if (existsSync(directory)) {
    await server.register(staticFiles, {
      root: directory,
      index: false,
      preCompressed: true,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', cachingOf(path));
      },
    });
  }
  server.setNotFoundHandler(function (request, reply) {
    return isPageOfTheApp(request) ? sendPage(reply) : answerNotFound.call(this, request, reply);
  });
}

/** The build puts a hash of the content into the names of files that never change. */
function cachingOf(path: string): string {
  return /-[A-Z0-9]{8}\.\w+(\.(br|gz))?$/.test(path)
    ? 'public, max-age=31536000, immutable'
    : 'no-cache';
}

function isPageOfTheApp({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split('?', 1)[0] ?? '';
  const isFile = /\.\w+$/.test(path);
  const isRead = method === 'GET' || method === 'HEAD';
  return isRead && !isFile && !belongsToApi(path) && (headers.accept ?? '').includes('text/html');
}

const noncePlace = '__CSP_NONCE__';

/** Every answer has a nonce of its own, which lets the app, and nobody else, add style elements. */
function pageSender(directory: string, http: HttpConfig): (reply: FastifyReply) => FastifyReply {
  const file = join(directory, 'index.html');
  if (!existsSync(file)) return sendBuildHint;
  const page = readFileSync(file, 'utf8');
  return (reply) => {
    const nonce = randomBytes(16).toString('base64');
    return reply
      .header('content-security-policy', contentSecurityPolicy(http, nonce))
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(page.replaceAll(noncePlace, nonce));
  };
}

function sendBuildHint(reply: FastifyReply): FastifyReply {
  return reply
    .code(503)
    .header('cache-control', 'no-store')
    .type('text/plain; charset=utf-8')
    .send('The chat app is not built. Run `npm run build`, then start the server again.\n');
}
