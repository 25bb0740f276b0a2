import { MongoServerError } from 'mongodb';

/** A unique key was taken. The code decides: texts and further fields differ between servers. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === 11_000;
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
