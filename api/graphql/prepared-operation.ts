import { GraphQLError } from 'graphql';
import type { DocumentNode, ExecutionArgs, ExecutionResult, GraphQLSchema } from 'graphql';
import type { OperationTerms } from './context.ts';
import type { GraphQLServer } from './yoga.ts';

export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

type Result = ExecutionResult | AsyncIterable<ExecutionResult>;

/** An operation that is ready to run, on a transport that is not HTTP. */
export interface PreparedOperation {
  readonly args: ExecutionArgs;
  execute(): Promise<Result>;
  subscribe(): Promise<Result>;
}

/** One request's view of the server; its own types tell nothing. */
interface Engine {
  readonly schema: GraphQLSchema;
  parse(query: string): DocumentNode;
  validate(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[];
  contextFactory(): unknown;
  execute(args: ExecutionArgs): Result | Promise<Result>;
  subscribe(args: ExecutionArgs): Result | Promise<Result>;
}

/** Parses and validates as for HTTP; the errors, where there are any. */
export async function prepareOperation(
  graphql: GraphQLServer,
  request: OperationRequest,
  terms: OperationTerms,
): Promise<PreparedOperation | readonly GraphQLError[]> {
  const engine: Engine = graphql.getEnveloped({ params: request, terms });
  const document = parseWith(engine, request.query);
  if (document instanceof GraphQLError) return [document];
  const errors = engine.validate(engine.schema, document);
  if (errors.length > 0) return errors.map(withoutStatus);
  const args = {
    schema: engine.schema,
    document,
    operationName: request.operationName,
    variableValues: request.variables,
    contextValue: await engine.contextFactory(),
  };
  return {
    args,
    execute: async () => engine.execute(args),
    subscribe: async () => engine.subscribe(args),
  };
}

/** Validation errors carry what is meant for HTTP. */
function withoutStatus({ message, nodes, extensions }: GraphQLError): GraphQLError {
  const rest = Object.entries(extensions).filter(([name]) => name !== 'http');
  return new GraphQLError(message, { nodes: nodes ?? null, extensions: Object.fromEntries(rest) });
}

function parseWith(engine: Engine, query: string): DocumentNode | GraphQLError {
  try {
    return engine.parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}
