type Locks = Pick<LockManager, 'request'>;

/** Longer than a request may take: who holds the turn then is asleep. */
const patienceMs = 30_000;

/**
 * Does work while no other page of this browser does the same; the pages take turns in the order of
 * asking. Where the browser has no locks (a page that did not come by HTTPS) nobody is waited for.
 */
export function takesTurns(
  name: string,
  locks: Locks | undefined,
): <T>(work: () => Promise<T>) => Promise<T> {
  return async (work) => {
    if (locks === undefined) return work();
    const state = { isOurs: false };
    try {
      return await locks.request(name, { signal: AbortSignal.timeout(patienceMs) }, () => {
        state.isOurs = true;
        return work();
      });
    } catch (error) {
      if (state.isOurs) throw error;
      return work();
    }
  };
}
