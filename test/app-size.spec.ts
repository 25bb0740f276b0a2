import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { builtSite as site } from './kit/browser/site.ts';

/** Sizes as they are sent, in bytes of brotli. */
const initialMax = 115_000;
/** Loaded by every page, after its first drawing. */
const apolloMax = 43_500;
const lazyMax = 40_000;

const page = readFileSync(join(site, 'index.html'), 'utf8');
/** With its styles and the outline in it; as a proxy may send it. */
const pageBytes = brotliCompressSync(page).length;
const sentBytes = (file: string): number => statSync(join(site, `${file}.br`)).size;

/** What a browser fetches before the app runs, beside the page: scripts, and what they import at once. */
const initial = [...page.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(
  ([, file = '']) => file,
);
const lazy = readdirSync(site).filter((file) => file.endsWith('.js') && !initial.includes(file));
const textOf = (file: string): string => readFileSync(join(site, file), 'utf8');
/** Known by the protocol of its subscriptions. */
const apollo = lazy.filter((file) => textOf(file).includes('graphql-transport-ws'));

// Printed with a failure, so that one sees where it went.
const tally = (files: readonly string[]): string =>
  files
    .map((file) => ({ file, bytes: sentBytes(file) }))
    .sort((a, b) => b.bytes - a.bytes)
    .map(({ file, bytes }) => `${String(bytes).padStart(8)}  ${file}`)
    .join('\n');

describe('the weight of the app', () => {
  it(`is at most ${String(initialMax / 1000)} kB to begin with`, () => {
    const sum = initial.reduce((total, file) => total + sentBytes(file), pageBytes);
    process.stdout.write(
      `\ninitial transfer: ${String(sum)} bytes of brotli\n${String(pageBytes).padStart(8)}  index.html\n${tally(initial)}\n`,
    );
    expect(initial.length).toBeGreaterThan(0);
    expect(initial.some((file) => textOf(file).includes('graphql-transport-ws'))).toBe(false);
    expect(sum).toBeLessThanOrEqual(initialMax);
  });

  it(`is at most ${String(apolloMax / 1000)} kB for Apollo, which is loaded beside the first page`, () => {
    expect(apollo).toHaveLength(1);
    expect(apollo.filter((file) => sentBytes(file) > apolloMax)).toEqual([]);
  });

  it(`is at most ${String(lazyMax / 1000)} kB for each part that is loaded when it is needed`, () => {
    process.stdout.write(`\nloaded when needed:\n${tally(lazy)}\n`);
    expect(lazy.length).toBeGreaterThan(5);
    const heavy = lazy.filter((file) => !apollo.includes(file) && sentBytes(file) > lazyMax);
    expect(heavy).toEqual([]);
  });

  it('names in the page every script that the first ones import', () => {
    // Another would be asked for only once they are there.
    const late = initial
      .filter((file) => file.endsWith('.js'))
      .flatMap((file) => [
        ...textOf(file).matchAll(/(?:from|import)\s*["'`]\.\/([\w-]+\.js)["'`]/g),
      ])
      .map(([, chunk = '']) => chunk)
      .filter((chunk) => !initial.includes(chunk));
    expect(late).toEqual([]);
  });
});
