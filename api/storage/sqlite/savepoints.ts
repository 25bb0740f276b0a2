import { isStorageFailure } from './database.ts';
import type { Database } from './database.ts';
import type { SearchIndexer } from './messages/search-index.ts';

export type Attempt<Result> =
  { readonly ok: true; readonly result: Result } | { readonly ok: false; readonly error: unknown };

/** Parts of a transaction that fail on their own. */
export interface Savepoints {
  /**
   * Runs `work` so that it happens wholly or not at all. Failures of the disk or the file go
   * through: they are not the work's fault, and the transaction is lost.
   */
  attempt<Result>(name: 'job' | 'apply' | 'element', work: () => Result): Attempt<Result>;
  /**
   * Whether parts are guarded. A savepoint copies every page that is touched after it, which costs as
   * much as the work itself; so everything is first tried without, where a failure goes through.
   */
  areSet: boolean;
}

export function createSavepoints(options: {
  readonly database: Database;
  readonly search: SearchIndexer;
}): Savepoints {
  const { database, search } = options;
  return {
    areSet: false,
    attempt(name, work) {
      if (!this.areSet) return { ok: true, result: work() };
      const mark = search.mark();
      database.run(`SAVEPOINT ${name}`);
      try {
        const result = work();
        database.run(`RELEASE ${name}`);
        return { ok: true, result };
      } catch (error) {
        if (isStorageFailure(error)) throw error;
        database.run(`ROLLBACK TO ${name}`);
        database.run(`RELEASE ${name}`);
        search.rollBackTo(mark);
        return { ok: false, error };
      }
    },
  };
}
