import type { Page } from 'playwright-core';
import {
  accessibilityProblems,
  describeInBrowser,
  takePicture,
} from '../../kit/browser/browser.ts';
import { createTempDirectory } from '../../kit/temp-directory.ts';
import type { TempDirectory } from '../../kit/temp-directory.ts';
import { layPast } from '../../simulator/demo/lay-past.ts';
import { manyChats } from '../../simulator/demo/scenes/many-chats.ts';
import { demoCredentials } from '../../simulator/demo/settings.ts';
import { amara, openChat, row, setStage, tom } from '../inbox.ts';
import type { Stage } from '../inbox.ts';

const nodesOf = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length);
const list = (page: Page) => page.locator('app-conversation-list .list');
const rowAt = (page: Page, place: number) =>
  page.locator(`app-chat-rows li[aria-posinset="${String(place)}"]`);
const focusedPlace = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('li')?.getAttribute('aria-posinset'));

/** Down to the last of them, as far as the pages come. */
async function scrollToTheEnd(page: Page, count: number): Promise<void> {
  while ((await rowAt(page, count).count()) === 0) {
    const last = page.locator('app-chat-rows li').last();
    const before = await last.getAttribute('aria-posinset');
    await list(page).evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await page.waitForFunction(
      (place) =>
        [...document.querySelectorAll('app-chat-rows li')].at(-1)?.getAttribute('aria-posinset') !==
        place,
      before,
    );
  }
}

describeInBrowser('a list of 10,000 chats', () => {
  let stage: Stage;
  let directory: TempDirectory;

  beforeAll(async () => {
    directory = await createTempDirectory();
    await layPast(manyChats.past?.(Date.now()) ?? [], {
      directory: directory.path,
      business: { id: demoCredentials.phoneNumberId, display: demoCredentials.businessNumber },
      now: Date.now(),
    });
    const store = { kind: 'embedded', directory: directory.path } as const;
    stage = await setStage({ app: { config: { store } } });
    for (const person of [amara, tom]) stage.simulator.control.addCustomer(person);
  }, 120_000);
  afterEach(() => stage.closePages());
  afterAll(async () => {
    await stage.close();
    await directory.remove();
  });

  it('is drawn in few elements, wherever one scrolls', async () => {
    const page = await stage.visit();
    await rowAt(page, 1).waitFor();
    expect(await nodesOf(page)).toBeLessThan(800);
    await scrollToTheEnd(page, 10_000);
    expect(await nodesOf(page)).toBeLessThan(800);
    expect(await accessibilityProblems(page)).toEqual([]);
    // All of them are loaded, and one that writes is at the top at once.
    stage.simulator.control.write(tom.phoneNumber, 'Above ten thousand');
    await list(page).evaluate((element) => {
      element.scrollTop = 0;
    });
    await row(page, tom.name).getByText('Above ten thousand').waitFor();
    expect(await rowAt(page, 1).getByText(tom.name).count()).toBe(1);
  }, 120_000);

  it('is walked through by keys, from the search field on', async () => {
    const page = await stage.visit();
    await rowAt(page, 1).waitFor();
    await page.getByRole('searchbox').press('ArrowDown');
    await page.waitForFunction(() => document.activeElement?.closest('li') !== null);
    expect(await focusedPlace(page)).toBe('1');
    for (let place = 2; place <= 31; place += 1) await page.keyboard.press('ArrowDown');
    await page.waitForFunction(
      () => document.activeElement?.closest('li')?.getAttribute('aria-posinset') === '31',
    );
    const name = await rowAt(page, 31).locator('.name').textContent();
    await page.keyboard.press('Enter');
    await page
      .locator('app-chat h2')
      .filter({ hasText: name ?? '' })
      .waitFor();
    await rowAt(page, 31).locator('a[aria-current="page"]').waitFor();
  });

  it('stays where it is while others write, and so does the look of the open chat', async () => {
    const page = await stage.visit();
    await rowAt(page, 1).waitFor();
    await list(page).evaluate((element) => {
      element.scrollTop = 1_437;
    });
    const open = rowAt(page, 25);
    await open.click();
    const id = await open.getAttribute('data-id');
    const opened = page.locator(`app-chat-rows li[data-id="${id ?? ''}"]`);
    const before = await opened.boundingBox();
    stage.simulator.control.write(amara.phoneNumber, 'At the top now');
    await page.waitForFunction(
      (known) =>
        document.querySelector(`li[data-id="${known ?? ''}"]`)?.getAttribute('aria-posinset') ===
        '26',
      id,
    );
    expect(await opened.boundingBox()).toEqual(before);
    expect(await opened.locator('a[aria-current="page"]').count()).toBe(1);
    await page.waitForFunction(() =>
      document.querySelector('link[rel="icon"]')?.getAttribute('href')?.includes('unread'),
    );
  });

  it('finds somebody by their number as people write it', async () => {
    const page = await stage.visit();
    const field = page.getByRole('searchbox');
    const spellings = ['07700 900123', '+44 7700 900123', '0044 (0) 7700 900 123', '7700900123'];
    for (const typed of [...spellings, '900123']) {
      await field.fill('');
      await row(page, '+447700900123').first().waitFor({ state: 'detached' });
      await field.fill(typed);
      await row(page, '+447700900123').first().waitFor();
    }
  });

  it('finds words and emoji, marked, and says when there is more', async () => {
    const { control } = stage.simulator;
    control.write(tom.phoneNumber, 'This one is a 🦔');
    control.write(amara.phoneNumber, 'The zebra stool is broken');
    const page = await stage.visit();
    const field = page.getByRole('searchbox');
    const hits = page.getByRole('list', { name: 'Messages found' }).getByRole('link');
    await field.fill('🦔');
    await hits.locator('mark', { hasText: '🦔' }).waitFor();
    expect(await hits.count()).toBe(1);
    await field.fill('ZEBRA sto');
    await hits.locator('mark', { hasText: 'zebra' }).waitFor();
    await hits.first().click();
    await page.locator('app-bubble', { hasText: 'The zebra stool is broken' }).waitFor();
    await field.fill('a');
    await page.getByText('More chats were found.').waitFor();
    await page.getByText('The 20 newest messages found are shown.').waitFor();
    expect(await page.locator('app-chat-rows li').count()).toBe(5);
    await takePicture(page, 'search-light');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show all' }).click();
    await rowAt(page, 12).waitFor();
  });

  it('holds its layout from a phone to a wide screen', async () => {
    const page = await stage.visit();
    await rowAt(page, 1).waitFor();
    for (const width of [320, 768, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await takePicture(page, `many-chats-${String(width)}-${colorScheme}`);
      }
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([width, overflow]).toEqual([width, 0]);
    }
  });

  it('opens a chat', async () => {
    const page = await stage.visit();
    await openChat(page, tom.name);
    expect(stage.complaints()).toEqual([]);
  });
});
