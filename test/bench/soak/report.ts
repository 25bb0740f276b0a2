import { cpus } from 'node:os';
import type { Complaint } from './server-log.ts';

export type Figure = readonly [name: string, value: string];

export const machine: Figure = [
  'machine',
  `${cpus().length} × ${cpus()[0]?.model ?? '?'}, Node ${process.versions.node}`,
];

export function report(figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(([name]) => name.length));
  const lines = figures.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  process.stdout.write(`\n${lines.join('\n')}\n\n`);
}

export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

/** How often each value is there. */
export function tally(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => `${count} ${value}`).join(', ');
}

export function spread(samples: readonly number[]): string {
  if (samples.length === 0) return 'not measured';
  const [first = 0] = samples;
  const last = samples.at(-1) ?? 0;
  const rounded = [first, Math.max(...samples), last].map((each) => each.toFixed(0));
  return `${rounded[0] ?? ''} at first, ${rounded[1] ?? ''} at most, ${rounded[2] ?? ''} at the end`;
}

export function complaintFigures(complaints: readonly Complaint[]): Figure[] {
  return complaints.map(({ level, message, times }) => [`log: ${level}`, `${times} × ${message}`]);
}
