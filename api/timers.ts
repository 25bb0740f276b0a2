/** Where later comes from. Tests bring timers that follow their clock. */
export interface Timers {
  /** Calls back once after the delay; returns how to call it off. */
  after(delayMs: number, callback: () => void): () => void;
}

/** What `work` brings; null when it takes longer than that. */
export async function within<Result>(
  limitMs: number,
  work: Promise<Result>,
  timers: Timers,
): Promise<Result | null> {
  let callOff: () => void = () => undefined;
  const late = new Promise<null>((resolve) => {
    callOff = timers.after(limitMs, () => {
      resolve(null);
    });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    callOff();
  }
}

const longestDelayMs = 2 ** 31 - 1; // setTimeout takes anything above it for 1 ms

export const systemTimers: Timers = {
  after(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(0, delayMs), longestDelayMs));
    return () => {
      clearTimeout(timer);
    };
  },
};
