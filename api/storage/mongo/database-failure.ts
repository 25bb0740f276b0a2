import { MongoError } from 'mongodb';

/**
 * The database could not do it, or could not be reached: it may work the next time. Of a write to a connection that has
 * just been reset, the driver passes on what the system said as it is.
 */
export function isDatabaseFailure(error: unknown): boolean {
  const isOfSystem = typeof error === 'object' && error !== null && 'syscall' in error;
  return isOfSystem || error instanceof MongoError;
}
