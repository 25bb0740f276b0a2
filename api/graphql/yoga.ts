import type { ExecutionResult } from 'graphql';
import { createYoga } from 'graphql-yoga';
import type { Plugin, YogaServerInstance } from 'graphql-yoga';
import type { Log } from '../log.ts';
import { createContext } from './context.ts';
import type { GraphQLContext, OperationTerms, UseCases } from './context.ts';
import { createDocumentCache } from './document-cache.ts';
import { createErrorMask } from './error-masking.ts';
import { subscribeShared } from './event-answers.ts';
import type { SubscribePorts } from './event-answers.ts';
import { limits } from './limits.ts';
import { createSchema } from './schema.ts';
import { createSharedAnswers } from './shared-answers.ts';
import { useEventStream } from './use-event-stream.ts';
import { useLimits } from './use-limits.ts';
import { useStatus } from './use-status.ts';

/** What a transport hands over with a request. */
export interface TransportContext {
  readonly terms: OperationTerms;
  /** Set by a subscription over HTTP: what is to be streamed. */
  answers?: AsyncIterable<ExecutionResult>;
}

// Clients have some dozen between them.
const keptDocuments = 100;

export type GraphQLServer = YogaServerInstance<TransportContext, GraphQLContext>;

/** The schema behind every transport: parsing, validation, limits, execution, masking. */
export function createGraphQLServer(options: {
  readonly useCases: UseCases;
  readonly log: Log;
  readonly path: string;
}): GraphQLServer {
  const { useCases, log, path } = options;
  const mask = createErrorMask(log);
  const shared = createSharedAnswers(mask);
  return createYoga<TransportContext, GraphQLContext>({
    schema: createSchema(),
    graphqlEndpoint: path,
    context: ({ terms }) => createContext(useCases, terms),
    maskedErrors: { maskError: mask },
    // Transports decide about origins, pages and sizes before they come here.
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    logging: false,
    maxRequestBodySize: false,
    parserAndValidationCache: {
      documentCache: createDocumentCache(keptDocuments),
      // Nobody repeats what is wrong, and the texts of it would be kept.
      errorCache: { get: () => undefined, set: () => undefined },
    },
    plugins: [useLimits(limits), useSharedAnswers({ shared, mask }), useEventStream(), useStatus()],
  });
}

function useSharedAnswers(ports: SubscribePorts): Plugin<GraphQLContext> {
  return {
    onSubscribe({ args, setSubscribeFn }) {
      setSubscribeFn(() => subscribeShared(args, ports));
    },
  };
}
