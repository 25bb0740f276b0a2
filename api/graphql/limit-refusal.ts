import { GraphQLError } from 'graphql';
import type { ASTNode } from 'graphql';

export interface LimitRefusal {
  /** What is limited: `depth`, `cost` … */
  readonly limit: string;
  readonly value: number;
  readonly message: string;
  readonly nodes?: readonly ASTNode[];
  /** For HTTP, where it is refused before there is a result that tells. */
  readonly status?: number;
}

/** A request that asks for too much. The message says of what, and how much is allowed. */
export function limitRefusal({ limit, value, message, nodes, status }: LimitRefusal): GraphQLError {
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    extensions: {
      code: 'LIMIT_EXCEEDED',
      limit,
      value,
      ...(status !== undefined && { http: { status } }),
    },
  });
}
