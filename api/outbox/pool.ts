/** A bounded number of things under way at once. */
export interface Pool {
  readonly free: number;
  /** `task` must not reject. */
  run(task: () => Promise<void>): void;
  /** Resolves when nothing is under way. */
  drained(): Promise<void>;
}

export function createPool(size: number, onFreed: () => void): Pool {
  const running = new Set<Promise<void>>();
  return {
    get free() {
      return size - running.size;
    },
    run(task) {
      const ended = task().finally(() => {
        running.delete(ended);
        onFreed();
      });
      running.add(ended);
    },
    async drained() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
