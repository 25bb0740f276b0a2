import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../kit/browser/browser.ts';
import { simulatorCredentials, simulatorEnvironment } from '../kit/simulator.ts';
import { createTempDirectory } from '../kit/temp-directory.ts';
import { startProbe, stopProbe } from '../kit/browser/timeline-probe.ts';
import { layPast } from '../simulator/demo/lay-past.ts';
import { longChat, messageCount } from '../simulator/demo/scenes/long-chat.ts';
import { becomesReady, startServerProcess } from '../simulator/server-process.ts';
import { createSimulator } from '../simulator/simulator.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { freePort } from './soak/free-port.ts';
import { machine, report } from './soak/report.ts';
import type { Figure } from './soak/report.ts';
import { framesOf, percentile } from './timeline/figures.ts';
import { openPlainPage, watchFlings } from './timeline/flings.ts';
import { timeOpenings } from './timeline/openings.ts';
import { readAround } from './timeline/reading.ts';

// How the timeline behaves in a chat of 100,000 messages: the size of the page, opening, scrolling, keeping the place.

const root = new URL('../../', import.meta.url);
const longOne = { name: 'Harbour Street', lastLine: 'Just tell me whether it is possible at all' };
const shortOne = { name: 'Tom Aldridge', lastLine: 'Brilliant, thank you' };
const customer = { phoneNumber: '447700900271', name: 'Harbour Street Interiors' };
const openings = 40;
const flings = 8;
const scroller = 'app-timeline .scroller';

async function main(): Promise<number> {
  spawnSync(process.execPath, ['tools/build-if-stale.mjs'], { cwd: root, stdio: 'inherit' });
  const directory = await createTempDirectory();
  const business = {
    id: simulatorCredentials.phoneNumberId,
    display: simulatorCredentials.businessNumber,
  };
  process.stdout.write(`Writing ${messageCount.toLocaleString('en')} messages …\n`);
  const now = Date.now();
  await layPast(longChat.past?.(now) ?? [], { directory: directory.path, business, now });
  const port = await freePort();
  const { token, appSecret } = simulatorCredentials;
  const webhookUrl = `http://localhost:${port}/plugins/whatsapp/webhook`;
  const simulator = createSimulator({
    port: 0,
    token,
    appSecret,
    webhookUrl,
    phoneNumbers: [business],
  });
  const { url } = await simulator.start();
  const server = startServerProcess({
    entry: fileURLToPath(new URL('dist/api/main.js', root)),
    environment: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      ...simulatorEnvironment(url),
      PORT: String(port),
      DATA_DIR: directory.path,
      LOG_LEVEL: 'error',
    },
  });
  const browser = await launchBrowser();
  try {
    const serverUrl = `http://localhost:${port}`;
    if (!(await becomesReady(server, serverUrl))) return 1;
    report([machine, ...(await measure({ browser, simulator, serverUrl }))]);
    return 0;
  } finally {
    await browser.close();
    await server.stop();
    await simulator.stop();
    await directory.remove();
  }
}

interface Run {
  readonly browser: Browser;
  readonly simulator: Simulator;
  readonly serverUrl: string;
}

async function measure({ browser, simulator, serverUrl }: Run): Promise<readonly Figure[]> {
  const { page } = await openPage(browser, { hasTouch: true });
  // The loader that runs this file wraps functions in a helper that pages do not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await openPlainPage(page);
  const upwards = { times: flings, isUpwards: true };
  const plain = await watchFlings(page, '#plain', upwards);
  await page.goto(serverUrl);
  await page.getByRole('link', { name: longOne.name }).waitFor();
  const opened = await timeOpenings(page, [shortOne, longOne], openings);
  const up = await watchFlings(page, scroller, upwards);
  const down = await watchFlings(page, scroller, { ...upwards, isUpwards: false });
  const far = await scrollFar(page);
  const driftPx = await readAround(page, simulator, customer);
  return [
    ['messages', messageCount.toLocaleString('en')],
    ['opening a chat', `${percentile(opened, 0.5)} ms (p50), ${percentile(opened, 0.95)} ms (p95)`],
    ['flings, plain text', framesOf(plain)],
    ['flings, upwards', framesOf(up)],
    ['flings, downwards', framesOf(down)],
    ['elements of the page', `${Math.max(up.figures.mostElements, far)} at most`],
    ['the line that is read', `moved ${driftPx.toFixed(2)} px at most`],
  ];
}

/** Through some thousand messages by the wheel, up and down again: the most elements on the way. */
async function scrollFar(page: Page): Promise<number> {
  await page.locator(scroller).hover();
  await startProbe(page);
  for (const px of [-1_500, 1_500]) {
    for (let n = 0; n < 150; n += 1) {
      await page.mouse.wheel(0, px);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }
  return (await stopProbe(page)).mostElements;
}

process.exitCode = await main();
