import { GraphQLError } from 'graphql';
import { InvalidInputError, SlowConsumerError, StoreUnavailableError } from '../errors.ts';
import type { Log } from '../log.ts';

/** What a client may know of a failure. */
export type MaskError = (error: unknown) => GraphQLError;

/** Lets through what is meant for clients; logs anything else once, with its cause, and hides it. */
export function createErrorMask(log: Log): MaskError {
  const seen = new WeakMap<object, GraphQLError>();
  return (error) => {
    const known = isObject(error) ? seen.get(error) : undefined;
    if (known !== undefined) return known;
    const masked = mask(error, log);
    if (isObject(error)) seen.set(error, masked);
    seen.set(masked, masked);
    return masked;
  };
}

function mask(error: unknown, log: Log): GraphQLError {
  const cause = causeOf(error);
  if (cause === null && error instanceof GraphQLError) return error;
  if (cause instanceof InvalidInputError) return placed(error, badInput(cause));
  if (cause instanceof StoreUnavailableError) {
    log.warn({ err: cause }, 'the store is not available');
    return placed(error, storeUnavailable);
  }
  if (cause instanceof SlowConsumerError) {
    return placed(error, { message: cause.message, code: 'SLOW_CONSUMER' });
  }
  log.error({ err: cause ?? error }, 'an operation failed unexpectedly');
  return placed(error, { message: 'Unexpected error.', code: 'INTERNAL_SERVER_ERROR' });
}

interface Shown {
  readonly message: string;
  readonly code: string;
  readonly [extension: string]: unknown;
}

const storeUnavailable: Shown = {
  message: 'The store cannot be reached or written at the moment. Try again.',
  code: 'SERVICE_UNAVAILABLE',
};

function badInput({ issues, message }: InvalidInputError): Shown {
  const argument = issues[0]?.path[0] ?? null;
  return { message, code: 'BAD_USER_INPUT', argument, issues };
}

/** Null: it was made for the client. */
function causeOf(error: unknown): unknown {
  if (!(error instanceof GraphQLError)) return error;
  const { originalError } = error;
  return originalError === undefined ? null : causeOf(originalError);
}

function placed(error: unknown, { message, ...extensions }: Shown): GraphQLError {
  if (!(error instanceof GraphQLError)) return new GraphQLError(message, { extensions });
  const { nodes = null, path = null } = error;
  return new GraphQLError(message, { nodes, path, extensions });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
