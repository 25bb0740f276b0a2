/** Counts the calls into ports that are under way, so that a test can wait until everything rests. */
export interface Activity {
  readonly underWay: number;
  /** The same object, its calls counted. */
  watch<Port extends object>(port: Port): Port;
  /** From now on no call is made and none ends: what a killed process looks like from outside. */
  kill(): void;
}

export function createActivity(): Activity {
  let underWay = 0;
  let isKilled = false;
  const wasKilled = () => isKilled; // it changes while a call runs

  async function counted(call: () => unknown): Promise<unknown> {
    if (wasKilled()) return forever();
    underWay += 1;
    try {
      const result = await call();
      // The result of a call that ended after the kill never arrives.
      return await (wasKilled() ? forever() : result);
    } finally {
      underWay -= 1;
    }
  }

  return {
    get underWay() {
      return underWay;
    },
    watch: (port) =>
      new Proxy(port, {
        get(target, key) {
          const member: unknown = Reflect.get(target, key);
          if (typeof member !== 'function') return member;
          return (...given: unknown[]) =>
            counted(() => Reflect.apply(member, target, given) as unknown);
        },
      }),
    kill() {
      isKilled = true;
    },
  };
}

function forever(): Promise<never> {
  return new Promise(() => undefined);
}
