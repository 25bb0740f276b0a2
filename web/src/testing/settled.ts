/** Lets everything that is only waiting for promises go on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** A promise that the test settles. */
export function deferred<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

const eventuallyWithinMs = 2000;

/** Waits until the checks hold: Apollo tells its watchers on a later turn. */
export async function eventually(checks: () => void): Promise<void> {
  const until = performance.now() + eventuallyWithinMs;
  for (;;) {
    try {
      checks();
      return;
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
}
