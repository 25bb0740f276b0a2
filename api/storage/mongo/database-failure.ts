import { MongoError, MongoServerError } from 'mongodb';

/**
 * The database could not do it, or could not be reached: it may work the next time. Of a write to a connection that has
 * just been reset, the driver passes on what the system said as it is.
 */
export function isDatabaseFailure(error: unknown): boolean {
  const isOfSystem = typeof error === 'object' && error !== null && 'syscall' in error;
  return isOfSystem || error instanceof MongoError;
}

/** The database is there, and does not take this: the next time it will not either. */
export function isRefusal(error: unknown): boolean {
  return error instanceof MongoServerError && !error.hasErrorLabel('RetryableWriteError');
}
