import { MongoBulkWriteError, MongoServerError } from 'mongodb';
import type { WriteError } from 'mongodb';

export const duplicateCode = 11_000;

/** A unique key was taken. The code decides: texts and further fields differ between servers. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === duplicateCode;
}

/**
 * Does it again where somebody else has taken a key meanwhile: the next look finds what they wrote. Two upserts
 * of one key at once can end so on any server.
 */
export async function retryOnDuplicate<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let triesLeft = 10; ; triesLeft -= 1) {
    try {
      return await work();
    } catch (error) {
      if (!isDuplicateKey(error) || triesLeft === 0) throw error;
    }
  }
}

/** What became of those of many inserts at once that failed; throws on what concerns all of them. */
export function writeErrorsOf(error: unknown): readonly WriteError[] {
  const failed = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
  if (failed.length === 0) throw error;
  return failed;
}
