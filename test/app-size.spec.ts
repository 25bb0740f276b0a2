import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const site = join(import.meta.dirname, '..', 'dist', 'web');

/** Sizes as they are sent, in bytes of brotli. */
const initialMax = 162_000;
const lazyMax = 40_000;

const page = readFileSync(join(site, 'index.html'), 'utf8');
const sentBytes = (file: string): number => statSync(join(site, `${file}.br`)).size;

/** What a browser fetches before the app runs: scripts, what they import at once, styles. */
const initial = [...page.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(
  ([, file = '']) => file,
);
const lazy = readdirSync(site).filter((file) => file.endsWith('.js') && !initial.includes(file));

// Printed with a failure, so that one sees where it went.
const tally = (files: readonly string[]): string =>
  files
    .map((file) => ({ file, bytes: sentBytes(file) }))
    .sort((a, b) => b.bytes - a.bytes)
    .map(({ file, bytes }) => `${String(bytes).padStart(8)}  ${file}`)
    .join('\n');

describe('the weight of the app', () => {
  it(`is at most ${String(initialMax / 1000)} kB to begin with`, () => {
    const sum = initial.reduce((total, file) => total + sentBytes(file), 0);
    process.stdout.write(`\ninitial transfer: ${String(sum)} bytes of brotli\n${tally(initial)}\n`);
    expect(initial.length).toBeGreaterThan(2);
    expect(sum).toBeLessThanOrEqual(initialMax);
  });

  it(`is at most ${String(lazyMax / 1000)} kB for each part that is loaded when it is needed`, () => {
    process.stdout.write(`\nloaded when needed:\n${tally(lazy)}\n`);
    expect(lazy.length).toBeGreaterThan(5);
    expect(lazy.filter((file) => sentBytes(file) > lazyMax)).toEqual([]);
  });

  it('has no script that the first page neither names nor asks for by name', () => {
    // A chunk that the first ones import at once and the page does not name would be fetched late.
    const late = initial
      .filter((file) => file.endsWith('.js'))
      .flatMap((file) => [
        ...readFileSync(join(site, file), 'utf8').matchAll(/from"\.\/(chunk-\w+\.js)"/g),
      ])
      .map(([, chunk = '']) => chunk)
      .filter((chunk) => !initial.includes(chunk));
    expect(late).toEqual([]);
  });
});
