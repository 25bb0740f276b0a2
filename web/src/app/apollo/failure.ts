import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { serverText } from '../../locale/server-text';

/** Why a request brought no answer, as far as the app acts on it. */
export type Failure =
  /** The key or session is no longer good: sign in, then go on. */
  | 'signed-out'
  /** By the server or by a proxy before it: for want of a session, which it can be asked for, or for this request alone. */
  | 'forbidden'
  /** No connection, or a server that is starting, overloaded or without its store: try again. */
  | 'passing'
  /** The same request will be refused again. */
  | 'lasting';

const lastingCodes = new Set([
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'FORBIDDEN',
]);

export function failureOf(error: unknown): Failure {
  if (ServerError.is(error)) {
    if (error.statusCode === 401) return 'signed-out';
    if (error.statusCode === 403) return 'forbidden';
    return error.statusCode === 400 ? 'lasting' : 'passing';
  }
  if (!CombinedGraphQLErrors.is(error)) return 'passing';
  const codes = error.errors.map(({ extensions }) => extensions?.['code']);
  if (codes.includes('UNAUTHENTICATED')) return 'signed-out';
  return codes.some((code) => lastingCodes.has(String(code))) ? 'lasting' : 'passing';
}

/** The first sentence that the server gave for it. */
export function reasonOf(error: unknown): string {
  return CombinedGraphQLErrors.is(error)
    ? serverText(error.errors[0]?.message ?? $localize`The server refused the request.`)
    : $localize`The server could not be reached.`;
}
