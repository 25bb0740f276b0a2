import type { RangeMs, SimulatorLog } from './options.ts';

export interface Scheduler {
  /** Runs the task later; gives a way to call it off. */
  after(delayMs: number, task: () => void | Promise<void>): () => void;
  between(range: RangeMs, task: () => void | Promise<void>): () => void;
  /** Tasks that wait or run. */
  pending(): number;
  stop(): void;
}

export interface SchedulerOptions {
  readonly random: () => number;
  readonly log: SimulatorLog;
  /** Called whenever a task has ended or was called off. */
  readonly onActivity: () => void;
}

/** All timers of the simulator, so that they can be counted and ended together. */
export function createScheduler({ random, log, onActivity }: SchedulerOptions): Scheduler {
  const waiting = new Set<NodeJS.Timeout>();
  let running = 0;
  let isStopped = false;

  async function run(task: () => void | Promise<void>) {
    running += 1;
    try {
      await task();
    } catch (error) {
      log.warn({ err: error }, 'a task of the simulator failed');
    } finally {
      running -= 1;
      onActivity();
    }
  }

  function after(delayMs: number, task: () => void | Promise<void>) {
    if (isStopped) return () => undefined;
    const timer = setTimeout(() => {
      waiting.delete(timer);
      void run(task);
    }, delayMs);
    waiting.add(timer);
    return () => {
      clearTimeout(timer);
      if (waiting.delete(timer)) onActivity();
    };
  }

  return {
    after,
    between: ([fromMs, toMs], task) => after(fromMs + random() * (toMs - fromMs), task),
    pending: () => waiting.size + running,
    stop() {
      isStopped = true;
      for (const timer of waiting) clearTimeout(timer);
      waiting.clear();
    },
  };
}
