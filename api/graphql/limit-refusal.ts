import { GraphQLError } from 'graphql';
import type { ASTNode } from 'graphql';

export interface LimitRefusal {
  /** What is limited: `depth`, `cost` … */
  readonly limit: string;
  readonly value: number;
  readonly message: string;
  readonly nodes?: readonly ASTNode[];
}

/** A request that asks for too much. The message says of what, and how much is allowed. */
export function limitRefusal({ limit, value, message, nodes }: LimitRefusal): GraphQLError {
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    extensions: { code: 'LIMIT_EXCEEDED', limit, value },
  });
}
