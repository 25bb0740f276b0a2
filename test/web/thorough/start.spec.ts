import type { Page } from 'playwright-core';
import { describeInBrowser } from '../../kit/browser/browser.ts';
import { partWith } from '../../kit/browser/site.ts';
import { light, openChat, playWorkshop, row, setStage, tom } from '../inbox.ts';
import type { Stage } from '../inbox.ts';

/** Of the protocol of its subscriptions. */
const apollo = 'graphql-transport-ws';
const phone = { viewport: { width: 390, height: 760 }, hasTouch: true, isMobile: true };

/** What is asked for at these addresses comes only when the function that is returned is called. */
async function holdBack(page: Page, addresses: string): Promise<() => void> {
  let goOn: () => void = () => undefined;
  const isToCome = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route(addresses, async (route) => {
    await isToCome;
    await route.continue();
  });
  return goOn;
}

describeInBrowser('the start', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
    await playWorkshop(stage);
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage.close());

  it('draws an outline with the page, without a word, and the app in its place', async () => {
    const page = await stage.visit('/favicon.svg', phone);
    const goOn = await holdBack(page, '**/main-*.js');
    await page.goto(stage.app.url, { waitUntil: 'commit' });
    const outline = page.locator('.outline');
    await outline.waitFor();
    expect((await outline.textContent())?.trim()).toBe('');
    expect(await outline.getAttribute('aria-hidden')).toBe('true');
    expect(await page.locator('.outline-list').isVisible()).toBe(true);
    await page.evaluate(() => {
      const shifts: number[] = [];
      const watcher = new PerformanceObserver((list) => {
        for (const shift of list.getEntries())
          if ('value' in shift) shifts.push(Number(shift.value));
      });
      watcher.observe({ type: 'layout-shift', buffered: true });
      Object.assign(window, { shifts });
    });
    goOn();
    await row(page, tom.name).waitFor();
    await light(page).getByText('Connected').waitFor();
    expect(await outline.count()).toBe(0);
    expect(await page.evaluate(() => ('shifts' in window ? window.shifts : null))).toEqual([]);
  });

  it('draws the side that the language is read from, and no list where another page comes', async () => {
    const page = await stage.visit('/favicon.svg', { ...phone, locale: 'ar-EG' });
    await page.route('**/main-*.js', (route) => route.abort());
    await page.goto(stage.app.url);
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.goto(new URL('/chat/cnv_1', stage.app.url).href);
    expect(await page.locator('.outline-list').isVisible()).toBe(false);
    expect(await page.locator('.splash').isVisible()).toBe(true);
  });

  it('shows the chats before Apollo is there, and loses nothing that is done meanwhile', async () => {
    const page = await stage.visit('/favicon.svg');
    const goOn = await holdBack(page, await partWith(apollo));
    await page.goto(stage.app.url);
    await row(page, tom.name).click();
    await page.getByRole('searchbox').fill('a');
    goOn();
    await page.getByRole('heading', { name: tom.name, level: 2 }).waitFor();
    await page.getByRole('heading', { name: 'Messages', level: 2 }).waitFor();
    await page.getByRole('list', { name: 'Messages found' }).getByRole('link').first().waitFor();
    await light(page).getByText('Connected').waitFor();
  });

  it('asks again for Apollo where that could not be loaded', async () => {
    const page = await stage.visit('/favicon.svg');
    let tries = 0;
    await page.route(await partWith(apollo), (route) => {
      tries += 1;
      return tries === 1 ? route.abort() : route.continue();
    });
    await page.goto(stage.app.url);
    await row(page, tom.name).waitFor();
    await light(page).getByText('Connected').waitFor();
    expect(tries).toBeGreaterThan(1);
    await openChat(page, tom.name);
  });

  it('complains about nothing', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
