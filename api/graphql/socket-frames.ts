import type { ExecutionResult } from 'graphql';
import { isEventAnswer } from './shared-answers.ts';
import type { SocketConnection } from './socket-connection.ts';

/**
 * Sends results as they are, so that the JSON text of an answer is made once for all clients, and
 * as fast as this client reads. To graphql-ws it is a stream that ends without a result of its own.
 */
export function sendFrames(
  results: AsyncIterable<ExecutionResult>,
  id: string,
  connection: SocketConnection,
): AsyncIterableIterator<never> {
  const source: AsyncIterator<ExecutionResult> = results[Symbol.asyncIterator]();
  const prefix = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  let isOver = false;

  async function sendAll(): Promise<IteratorReturnResult<undefined>> {
    for (;;) {
      const next = await source.next();
      if (isOver || next.done === true) return { done: true, value: undefined };
      const { value } = next;
      const json = isEventAnswer(value) ? value.json : JSON.stringify(value);
      await connection.send(`${prefix}${json}}`);
    }
  }

  return {
    next: sendAll,
    async return() {
      isOver = true;
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
