/** Wakes those who wait for something to have happened. */
export interface Activity {
  notify(): void;
  /** Resolves as soon as it holds; rejects after the limit (10 s unless told). */
  until(holds: () => boolean, limit?: { readonly ms: number }): Promise<void>;
}

interface Waiter {
  readonly holds: () => boolean;
  readonly resolve: () => void;
}

export function createActivity(): Activity {
  const waiters = new Set<Waiter>();

  return {
    notify() {
      for (const waiter of waiters) {
        if (!waiter.holds()) continue;
        waiters.delete(waiter);
        waiter.resolve();
      }
    },
    until(holds, { ms } = { ms: 10_000 }) {
      if (holds()) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiters.delete(waiter);
          reject(new Error(`waited ${ms} ms in vain for: ${holds.toString()}`));
        }, ms);
        const waiter: Waiter = {
          holds,
          resolve() {
            clearTimeout(timer);
            resolve();
          },
        };
        waiters.add(waiter);
      });
    },
  };
}
