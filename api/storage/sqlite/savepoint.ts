import { isStorageFailure } from './database.ts';
import type { Database } from './database.ts';

export type Attempt<Result> =
  { readonly ok: true; readonly result: Result } | { readonly ok: false; readonly error: unknown };

/**
 * Runs `work` inside the open transaction so that it happens wholly or not at all. Failures of the
 * disk or the file go through: they are not the work's fault, and the transaction is lost.
 */
export function attempt<Result>(
  database: Database,
  name: 'job' | 'apply' | 'element',
  work: () => Result,
): Attempt<Result> {
  database.run(`SAVEPOINT ${name}`);
  try {
    const result = work();
    database.run(`RELEASE ${name}`);
    return { ok: true, result };
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    database.run(`ROLLBACK TO ${name}`);
    database.run(`RELEASE ${name}`);
    return { ok: false, error };
  }
}
