import type { Plugin } from 'graphql-yoga';
import { eventStreamHeaders } from './server-sent-events.ts';
import type { TransportContext } from './yoga.ts';

/** Hands a subscription's answers to the HTTP transport, which streams them itself. */
export function useEventStream(): Plugin<object, TransportContext> {
  return {
    onResultProcess(processing) {
      const { result, resultProcessor, serverContext } = processing;
      // Without a processor, the client accepts no event stream.
      if (!(Symbol.asyncIterator in result) || resultProcessor === undefined) return;
      serverContext.answers = result;
      processing.setResultProcessor(
        (_result, { Response }) => new Response(null, { headers: eventStreamHeaders }),
        'text/event-stream',
      );
    },
  };
}
