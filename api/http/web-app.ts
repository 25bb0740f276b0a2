import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpConfig } from '../config.ts';
import type { Access } from './access.ts';
import { credentialsOf } from './access-guard.ts';
import { pageSender } from './app-page.ts';
import { answerNotFound } from './error-answers.ts';
import { belongsToApi } from './paths.ts';

export interface WebAppOptions {
  /** Where the built app is; files may have brotli (.br) and gzip (.gz) forms beside them. */
  readonly directory: string;
  readonly http: HttpConfig;
  readonly access: Pick<Access, 'judge'>;
}

/** The chat app's files, and its page for every address that is its own to understand. */
export async function serveWebApp(
  server: FastifyInstance,
  { directory, http, access }: WebAppOptions,
): Promise<void> {
  const page = pageSender(directory, http);
  const sendPage = (request: FastifyRequest, reply: FastifyReply) => {
    const isOpen = access.judge(credentialsOf(request, http)).kind === 'GRANTED';
    return page(reply, { isOpen });
  };
  server.get('/', sendPage);
  server.get('/index.html', sendPage);
  // Looked up at each request: what is built while the server runs is served.
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
  server.setNotFoundHandler(function (request, reply) {
    return isPageOfTheApp(request)
      ? sendPage(request, reply)
      : answerNotFound.call(this, request, reply);
  });
}

/** The build puts a hash of the content into the names of files that never change. */
function cachingOf(path: string): string {
  return /-[\w-]{8}\.\w+(\.(br|gz))?$/.test(path)
    ? 'public, max-age=31536000, immutable'
    : 'no-cache';
}

function isPageOfTheApp({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split('?', 1)[0] ?? '';
  const isFile = /\.\w+$/.test(path);
  const isRead = method === 'GET' || method === 'HEAD';
  return isRead && !isFile && !belongsToApi(path) && (headers.accept ?? '').includes('text/html');
}
