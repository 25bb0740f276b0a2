/** Longer than one window hears of a message after another. */
const heldMs = 5_000;

type Locks = Pick<LockManager, 'request'>;

/**
 * Takes a message for this window: of all windows of the browser the first one gets true. Where the browser has no locks (a page
 * that did not come by HTTPS) each of them does.
 */
export function claim(messageId: string, locks: Locks | undefined): Promise<boolean> {
  if (locks === undefined) return Promise.resolve(true);
  return new Promise((resolve, reject) => {
    const hold = (lock: Lock | null): Promise<void> | undefined => {
      resolve(lock !== null);
      if (lock === null) return undefined;
      return new Promise((release) => {
        setTimeout(release, heldMs);
      });
    };
    locks.request(`inbox.ring.${messageId}`, { ifAvailable: true }, hold).catch(reject);
  });
}
