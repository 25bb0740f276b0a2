import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

// The shell first: the same browser without its own windows, for two thirds of the work.
const names = [
  'chromium-headless-shell',
  ...['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'],
];

// Quiet: what a browser asks of its maker's servers only fails where there is no way out.
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where this machine has a Chromium: `CHROMIUM_PATH`, or under a usual name on the PATH. */
export function chromiumPath(): string | null {
  const { CHROMIUM_PATH: named, PATH: path = '' } = process.env;
  if (named !== undefined && named !== '') return named;
  const places = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us to run.
    return false;
  }
}

// A page and a server together take their time where others work on the same machine.
const testTimeoutMs = 40_000;

/** A suite that needs a browser. Without one it is left out, and says so. */
export function describeInBrowser(name: string, suite: () => void): void {
  if (chromiumPath() !== null) {
    jest.setTimeout(testTimeoutMs);
    // Two browsers share a small machine with all other tests there; what failed at first is told all the same.
    if (process.env['CI'] !== undefined) jest.retryTimes(1, { logErrorsBeforeRetry: true });
    describe(name, suite);
    return;
  }
  process.stderr.write(
    `\n!!! "${name}" IS NOT TESTED: no Chromium found. Install one, or set CHROMIUM_PATH.\n\n`,
  );
  it.skip(`${name}: needs a Chromium`, () => undefined);
}

export function launchBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('No Chromium: set CHROMIUM_PATH.');
  return chromium.launch({ executablePath, args: flags });
}

export interface WatchedPage {
  readonly page: Page;
  /** What the page complained about: errors of scripts, and of the content security policy. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

// A lost connection is no fault of the page: tests take servers away.
const networkNoise = /net::ERR_|WebSocket connection to|status of (401|403|503)/;

/** A page of a new browser profile: nothing is shared with the other pages. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    // Requests that a service worker makes pass by the routes of a test.
    serviceWorkers: 'block',
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !networkNoise.test(text)) complaints.push(text);
  });
  return { page, complaints, close: () => context.close() };
}

/** What axe finds wrong with the page as it is now: rule and place, empty when nothing. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  // Evaluated rather than added as an element, which the page's policy would refuse.
  await page.evaluate(`window.axe === undefined && (() => { ${axe.source} })()`);
  const problems: unknown = await page.evaluate(`
    axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' '))))
  `);
  return Array.isArray(problems) ? problems.map(String) : ['axe gave no answer'];
}

const screenshots = join(import.meta.dirname, '..', '..', 'screenshots');

/** A picture for a person to look at, in a folder that is not kept. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}
