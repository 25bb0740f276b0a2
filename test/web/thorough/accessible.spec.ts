import type { BrowserContextOptions, Page } from 'playwright-core';
import {
  accessibilityProblems,
  describeInBrowser,
  takePicture,
} from '../../kit/browser/browser.ts';
import { amara, boxOf, bubble, noor, setStage, tom, playWorkshop } from '../inbox.ts';
import type { Stage } from '../inbox.ts';

/**
 * Each a whole way through the app, with pictures for a person in test/screenshots: widths, themes, directions,
 * zoom and contrast, each of them with each other where they touch.
 */
const ways: readonly (BrowserContextOptions & { readonly name: string })[] = [
  { name: 'en-light-320', locale: 'en-GB', viewport: { width: 320, height: 640 } },
  {
    name: 'en-dark-768',
    locale: 'en-GB',
    colorScheme: 'dark',
    viewport: { width: 768, height: 900 },
  },
  { name: 'ar-light-1440', locale: 'ar-EG', viewport: { width: 1440, height: 900 } },
  {
    name: 'ar-dark-320',
    locale: 'ar-EG',
    colorScheme: 'dark',
    viewport: { width: 320, height: 640 },
  },
  { name: 'de-light-200%', locale: 'de-DE', viewport: { width: 640, height: 400 } },
  {
    name: 'en-contrast',
    locale: 'en-GB',
    contrast: 'more',
    viewport: { width: 1280, height: 800 },
  },
  {
    name: 'en-forced',
    locale: 'en-GB',
    forcedColors: 'active',
    viewport: { width: 1280, height: 800 },
  },
];

const hour = 60 * 60_000;
const closing = { name: 'Ines Duarte', phoneNumber: '351912345678' };
const row = (page: Page, name: string) => page.locator('app-conversation-row a', { hasText: name });

describeInBrowser('the app for everybody', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
    const { control } = stage.simulator;
    await playWorkshop(stage);
    control.addCustomer(closing);
    await control.writeHistory(closing.phoneNumber, [
      { from: 'customer', at: Date.now() - 23 * hour, text: 'Can I still change the colour?' },
    ]);
    control.addCustomer(noor);
    await control.writeHistory(noor.phoneNumber, [
      { from: 'customer', at: Date.now() - 30 * hour, text: 'هل وصلت الطاولة؟' },
    ]);
    await control.settled();
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage.close());

  it.each(ways)('has no obstacle on the way $name', async ({ name, ...way }) => {
    const page = await stage.visit('/', way);
    const check = async (state: string): Promise<void> => {
      await takePicture(page, `way-${name}-${state}`);
      expect({ state, problems: await accessibilityProblems(page) }).toEqual({
        state,
        problems: [],
      });
      // Nothing to scroll sideways for.
      expect([state, await page.evaluate(widthTooMuch)]).toEqual([state, 0]);
    };
    /** One pane at a time on a narrow page. */
    const toList = async (): Promise<void> => {
      const back = page.locator('.back');
      if (await back.isVisible()) await back.click();
    };

    await row(page, tom.name).waitFor();
    await check('list');
    await row(page, tom.name).click();
    await page.locator('app-bubble').first().waitFor();
    await check('chat');
    await page.locator('app-composer form .icon-button').click();
    await page.locator('app-emoji-picker .grid button').first().waitFor();
    await check('emoji');
    await toList();
    await row(page, amara.name).click();
    await bubble(page, 'This is the scratch I mean').waitFor();
    await page.locator('app-composer textarea').fill('Oh no, I am sorry! I send you a new foot.');
    await check('draft');
    await toList();
    await row(page, closing.name).click();
    const { control } = stage.simulator;
    control.faults.add({ kind: 'send-error', code: 131026, times: 1, to: closing.phoneNumber });
    await page.getByRole('heading', { name: closing.name, level: 2 }).waitFor();
    await page.locator('app-composer textarea').fill(`Until Friday (${name})`);
    await page.locator('app-composer .send').click();
    await bubble(page, `Until Friday (${name})`).locator('.problem').waitFor();
    await check('failed');
    await page.locator('app-composer textarea').fill('a'.repeat(4100));
    await page.locator('.length.over').waitFor();
    await check('too-long');
    await page.locator('app-composer textarea').fill('');
    await toList();
    await row(page, noor.name).click();
    await page.locator('app-composer .notice.closed').waitFor();
    await check('closed');
    await toList();
    await page.locator('input[type=search]').fill('la');
    await page.locator('app-search-hit').first().waitFor();
    await check('search');
    await page.locator('input[type=search]').fill('');
    await row(page, tom.name).waitFor();
    await page.locator('.new-chat').click();
    await page.locator('#new-chat-number').fill('077');
    await page.locator('dialog[open] [type=submit]').click();
    await check('new-chat');
    await page.keyboard.press('Escape');
    await page.locator('.side header .icon-button').first().click();
    await page.locator('app-settings-dialog dialog').waitFor();
    await check('settings');
    await page.locator('app-settings-dialog .plain').click();
    await page.locator('app-shortcuts-sheet dialog').waitFor();
    await check('shortcuts');
    await page.goto(`${stage.app.url}/chat/cnv_00000000000000000000000000`);
    await page.locator('app-chat [role=alert]').waitFor();
    await check('missing');
    expect(stage.complaints()).toEqual([]);
  });

  it('keeps the words of the light whole at 320 px', async () => {
    const page = await stage.visit('/', { viewport: { width: 320, height: 640 } });
    const words = page.locator('app-connection-light .words');
    await words.waitFor();
    expect(await words.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect((await boxOf(page.locator('.new-chat'))).width).toBeLessThan(60);
  });

  it('gives the focus to the chat on a narrow page, and back to its row', async () => {
    const page = await stage.visit('/', { viewport: { width: 320, height: 640 }, hasTouch: true });
    await row(page, tom.name).focus();
    await page.keyboard.press('Enter');
    await page.locator('app-bubble').first().waitFor();
    expect(await page.evaluate(() => document.activeElement?.closest('.main') !== null)).toBe(true);
    await page.locator('.back').focus();
    await page.keyboard.press('Enter');
    await page.locator('app-conversation-row a:focus', { hasText: tom.name }).waitFor();
  });

  it('says each message that comes into the open chat once, the same words again as well', async () => {
    const page = await stage.visit('/');
    await row(page, tom.name).click();
    const told = page.locator('app-timeline [aria-live=polite]');
    await page.locator('app-bubble').first().waitFor();
    await told.evaluate((region) => {
      new MutationObserver((changes) => {
        const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
        const texts = added.map(({ textContent }) => textContent?.trim() ?? '').filter(Boolean);
        const root = document.documentElement.dataset;
        root['told'] = [root['told'] ?? '', ...texts].join('|');
      }).observe(region, { childList: true });
    });
    for (const nth of [1, 2]) {
      stage.simulator.control.write(tom.phoneNumber, 'Lovely.');
      await page
        .locator('app-bubble', { hasText: 'Lovely.' })
        .nth(nth - 1)
        .waitFor();
    }
    // Exactly these, or it waits in vain.
    const all = '|Tom Aldridge: Lovely.|Tom Aldridge: Lovely.';
    await page.locator(`html[data-told="${all}"]`).waitFor({ state: 'attached' });
  });

  it('has nothing in its way before the sign-in', async () => {
    const closed = await setStage({ app: { http: { apiKey: 'a-key-of-at-least-16-letters' } } });
    try {
      for (const { locale, colorScheme } of [
        { locale: 'en-GB', colorScheme: 'light' },
        { locale: 'ar-EG', colorScheme: 'dark' },
      ] as const) {
        const page = await closed.visit('/', { locale, colorScheme });
        await page.locator('input[type=password]').fill('wrong');
        await page.locator('[type=submit]').click();
        await page.locator('.problem:not(:empty)').waitFor();
        await takePicture(page, `sign-in-${locale}`);
        expect(await accessibilityProblems(page)).toEqual([]);
      }
    } finally {
      await closed.close();
    }
  });
});

function widthTooMuch(): number {
  return Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
