import type { FastifyInstance } from 'fastify';
import { HttpProblem } from './problem.ts';

/**
 * Bodies are JSON in UTF-8 and nothing else. A form or plain text would get past the browser's own
 * check of foreign pages; bytes that are no UTF-8 would be stored as something nobody wrote.
 */
export function readJsonOnly(server: FastifyInstance): void {
  const parseJson = server.getDefaultJsonParser('error', 'error');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, body, done) => {
      let text: string;
      try {
        text = decoder.decode(body);
      } catch {
        done(new HttpProblem({ status: 400, detail: 'The body is not UTF-8.' }));
        return;
      }
      void parseJson(request, text, done);
    },
  );
}
