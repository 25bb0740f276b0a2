/** A wait that can be cut short: a retry need not sit out its delay when the network is back. */
export class WakeUp {
  private readonly waiting = new Set<() => void>();

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.waiting.add(done);
    });
  }

  wake(): void {
    for (const done of [...this.waiting]) done();
  }
}

const firstDelayMs = 300;
const longestDelayMs = 10_000;

/**
 * How long to wait before the next try, after `failures` in a row (1 or more). Doubles, with half of
 * it at random, so that the browsers of a whole team do not return to a restarted server at once.
 */
export function retryDelayMs(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(failures - 1, 16));
  return Math.round(ceiling * (0.5 + random() / 2));
}
