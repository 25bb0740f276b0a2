import { Readable } from 'node:stream';
import type { ExecutionResult } from 'graphql';
import { secondMs } from '../clock.ts';
import { isEventAnswer } from './shared-answers.ts';

// Shorter than the patience of proxies (nginx: 60 s).
const keepAliveMs = 15 * secondMs;
const bufferBytes = 64 * 1024;

export const eventStreamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // nginx would hold events back until its buffer is full.
  'x-accel-buffering': 'no',
};

/**
 * Answers as server-sent events of the GraphQL over SSE protocol, in its distinct connections
 * mode: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md. Each carries its cursor
 * as id, so that a browser's EventSource resumes by itself.
 */
export function eventStream(results: AsyncIterable<ExecutionResult>): Readable {
  const answers: AsyncIterator<ExecutionResult> = results[Symbol.asyncIterator]();
  let isReading = false;
  const stream = new Readable({
    highWaterMark: bufferBytes,
    read() {
      if (!isReading) readNext().catch((error: unknown) => stream.destroy(asError(error)));
    },
    destroy(error, done) {
      clearInterval(keepAlive);
      void end().finally(() => {
        done(error);
      });
    },
  });
  const keepAlive = setInterval(() => {
    if (stream.readableLength === 0) stream.push(comment);
  }, keepAliveMs).unref();
  // Some clients wait for the first byte before they take the stream as open.
  stream.push(comment);

  async function readNext(): Promise<void> {
    isReading = true;
    const next = await answers.next();
    isReading = false;
    if (stream.destroyed) return;
    if (next.done !== true) {
      stream.push(frameOf(next.value));
      return;
    }
    clearInterval(keepAlive);
    stream.push('event: complete\ndata:\n\n');
    stream.push(null);
  }

  async function end(): Promise<void> {
    await answers.return?.();
  }

  return stream;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('The stream failed', { cause: error });
}

const comment = ':\n\n';

function frameOf(result: ExecutionResult): string {
  return isEventAnswer(result)
    ? `id: ${result.cursor}\nevent: next\ndata: ${result.json}\n\n`
    : `event: next\ndata: ${JSON.stringify(result)}\n\n`;
}
