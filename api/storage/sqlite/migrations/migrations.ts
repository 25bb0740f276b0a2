import { firstSchema } from './0001-first-schema.ts';
import { partsOfNumbers } from './0002-parts-of-numbers.ts';

/** In order; the n-th one takes a file from version n - 1 to n. Never change one that was released. */
export const migrations: readonly string[] = [firstSchema, partsOfNumbers];
