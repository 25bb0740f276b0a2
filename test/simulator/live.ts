import type { FastifyReply } from 'fastify';
import type { Control } from './control.ts';

// Comments keep proxies and sleeping browsers from taking the silence for an end.
const heartbeatMs = 15_000;
// A page that does not read is cut off; it comes back by itself and fetches everything anew.
const bufferMaxBytes = 1024 * 1024;

/** What changes, as server-sent events named after the kind of change. */
export function followLive(control: Control, reply: FastifyReply): FastifyReply {
  reply.hijack();
  const stream = reply.raw;
  stream.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'keep-alive',
  });
  stream.write('retry: 1000\n\n');
  const heartbeat = setInterval(() => stream.write(':\n\n'), heartbeatMs);
  const stop = control.onChange((change) => {
    if (stream.writableLength > bufferMaxBytes) stream.destroy();
    else stream.write(`event: ${change.kind}\ndata: ${JSON.stringify(change)}\n\n`);
  });
  stream.on('close', () => {
    clearInterval(heartbeat);
    stop();
  });
  return reply;
}
