import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { ExecutionResult } from 'graphql';
import { eventStream } from './server-sent-events.ts';

const answer = (number: number) => ({
  data: { number },
  cursor: `c${String(number)}`,
  json: `{"data":{"number":${String(number)}}}`,
});

describe('an event stream', () => {
  it('has a comment first, an event for each answer, and says when it is complete', async () => {
    async function* answers(): AsyncGenerator<ExecutionResult> {
      yield await Promise.resolve(answer(1));
      yield { errors: [] };
    }
    expect(await text(eventStream(answers()))).toBe(
      ':\n\n' +
        'id: c1\nevent: next\ndata: {"data":{"number":1}}\n\n' +
        'event: next\ndata: {"errors":[]}\n\n' +
        'event: complete\ndata:\n\n',
    );
  });

  it('is kept alive by comments while there is nothing to tell', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const never = {
      next: () => new Promise<never>(() => undefined),
      return: () => Promise.resolve({ done: true as const, value: undefined }),
    };
    const stream = eventStream({ [Symbol.asyncIterator]: () => never });
    const chunks: string[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
    await new Promise(setImmediate);
    jest.advanceTimersByTime(30_000);
    await new Promise(setImmediate);
    expect(chunks.join('')).toBe(':\n\n'.repeat(3));
    stream.destroy();
    await once(stream, 'close');
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('reads no further ahead than its buffer', async () => {
    let read = 0;
    let isClosed = false;
    async function* endless(): AsyncGenerator<ExecutionResult> {
      try {
        for (;;) {
          read += 1;
          yield await Promise.resolve({ ...answer(read), json: 'x'.repeat(8 * 1024) });
        }
      } finally {
        isClosed = true;
      }
    }
    const stream = eventStream(endless());
    await once(stream, 'readable');
    await new Promise(setImmediate);
    expect(read).toBeLessThan(20);
    stream.destroy();
    await once(stream, 'close');
    expect(isClosed).toBe(true);
  });
});
