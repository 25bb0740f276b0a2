import type { Flings } from './flings.ts';

/** At 60 a second, with what timers are off by. */
const inTimeMs = 16.7 + 1;
const longMs = 50;

/** How many of the frames came in time, and the longest that one waited for. */
export function framesOf({ figures, distancePx }: Flings): string {
  const { frameMs } = figures;
  const inTime = frameMs.filter((ms) => ms <= inTimeMs).length / Math.max(1, frameMs.length);
  const long = frameMs.filter((ms) => ms > longMs).length;
  const share = `${(inTime * 100).toFixed(1)} % of ${String(frameMs.length)} in time`;
  const longest = Math.max(...frameMs).toFixed(0);
  return `${share}, ${String(long)} over 50 ms, the longest ${longest} ms; ${distancePx.toFixed(0)} px`;
}

export function percentile(samples: readonly number[], share: number): string {
  const sorted = [...samples].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);
}
