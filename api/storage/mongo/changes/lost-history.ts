import { MongoServerError } from 'mongodb';

/**
 * What servers answer to a resume token that they cannot take: never theirs, garbled, or older than their oplog.
 * The last two numbers are those of 4.0 and older.
 */
const codes = new Set([
  9, // FailedToParse
  14, // TypeMismatch
  260, // InvalidResumeToken
  280, // ChangeStreamFatalError
  286, // ChangeStreamHistoryLost
  50_811, // the keys in the token cannot be read
  40_585,
  40_615,
]);

/** Reading on after this token will never work, however often it is tried. */
export function isHistoryLost(error: unknown): boolean {
  if (!(error instanceof MongoServerError)) return false;
  return error.hasErrorLabel('NonResumableChangeStreamError') || codes.has(Number(error.code));
}
