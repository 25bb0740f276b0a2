import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply } from 'fastify';
import type { HttpConfig } from '../config.ts';
import { contentSecurityPolicy } from './security-headers.ts';

const noncePlace = '__CSP_NONCE__';
const accessPlace = '__ACCESS__';

interface Page {
  readonly html: string;
  readonly scriptHashes: readonly string[];
  readonly modifiedMs: number;
}

interface Visit {
  /** Whoever asks for the page may use the inbox: it can ask for what it shows at once. */
  readonly isOpen: boolean;
}

/** The page of the built app; built anew while the server runs, the new one is sent from then on. */
export function pageSender(
  directory: string,
  http: HttpConfig,
): (reply: FastifyReply, visit: Visit) => FastifyReply {
  const file = join(directory, 'index.html');
  let page: Page | null = null;

  return (reply, { isOpen }) => {
    page = newest(file, page);
    if (page === null) return sendBuildHint(reply);
    // Every answer has a nonce of its own, which lets the app, and nobody else, add style elements.
    const styleNonce = randomBytes(16).toString('base64');
    const { scriptHashes } = page;
    return reply
      .header('content-security-policy', contentSecurityPolicy(http, { styleNonce, scriptHashes }))
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(
        page.html
          .replaceAll(noncePlace, styleNonce)
          .replace(accessPlace, isOpen ? 'open' : 'closed'),
      );
  };
}

/** While a build is being put in place there is no file for a moment: the page before it stays. */
function newest(file: string, known: Page | null): Page | null {
  try {
    const { mtimeMs: modifiedMs } = statSync(file);
    if (known?.modifiedMs === modifiedMs) return known;
    const html = readFileSync(file, 'utf8');
    return { html, scriptHashes: hashesOfScripts(html), modifiedMs };
  } catch {
    return known;
  }
}

/** The page's own scripts are allowed by what they are. */
function hashesOfScripts(html: string): readonly string[] {
  return Array.from(
    html.matchAll(/<script(?![^>]* src=)[^>]*>([^]*?)<\/script>/g),
    ([, script = '']) => {
      const hash = createHash('sha256').update(script).digest('base64');
      return `'sha256-${hash}'`;
    },
  );
}

function sendBuildHint(reply: FastifyReply): FastifyReply {
  return reply
    .code(503)
    .header('cache-control', 'no-store')
    .type('text/plain; charset=utf-8')
    .send('The chat app is not built. Run `npm run build`, then load this page again.\n');
}
