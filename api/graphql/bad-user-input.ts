import { GraphQLError } from 'graphql';

/** A refused argument of a query: names it, and says what to do. */
export function badUserInput(argument: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', argument } });
}
