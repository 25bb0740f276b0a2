import { readFile } from 'node:fs/promises';

export interface MemoryWatch {
  /** MiB of resident memory, one sample after the other. */
  readonly samples: readonly number[];
  stop(): void;
}

const sampleEveryMs = 10_000;

/** Follows the resident memory of a process; empty where there is no /proc. */
export function watchMemory(pid: number, everyMs = sampleEveryMs): MemoryWatch {
  const samples: number[] = [];
  const sample = async () => {
    try {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      const kib = /VmRSS:\s+(\d+) kB/.exec(status)?.[1];
      if (kib !== undefined) samples.push(Number(kib) / 1_024);
    } catch {
      // The process is gone, or there is no /proc.
    }
  };
  void sample();
  const timer = setInterval(() => void sample(), everyMs);
  return {
    samples,
    stop() {
      clearInterval(timer);
    },
  };
}

// Below that caches are still filling.
const fewestSamples = 24;
// Between the second and the last quarter of the run.
const allowedGrowth = 1.25;

/** Null: too few samples to tell. */
export function isMemoryStable(samples: readonly number[]): boolean | null {
  if (samples.length < fewestSamples) return null;
  const quarter = Math.floor(samples.length / 4);
  const early = median(samples.slice(quarter, 2 * quarter));
  const late = median(samples.slice(-quarter));
  return late <= early * allowedGrowth;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
