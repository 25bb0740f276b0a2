import type { Page } from 'playwright-core';
import {
  accessibilityProblems,
  describeInBrowser,
  takePicture,
} from '../../kit/browser/browser.ts';
import { setStage } from '../inbox.ts';
import type { Stage } from '../inbox.ts';

const openSettings = (page: Page) => page.getByRole('button', { name: 'Settings' }).click();
const colourOfPage = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const white = 'rgb(255, 255, 255)';

describeInBrowser('the settings', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage.close());

  it('make it dark on a light system, at once and after a reload before anything is drawn', async () => {
    const page = await stage.visit('/', { colorScheme: 'light' });
    expect(await colourOfPage(page)).toBe(white);
    await openSettings(page);
    await page.getByRole('radio', { name: 'Dark' }).check();
    expect(await colourOfPage(page)).not.toBe(white);
    await takePicture(page, 'settings-dark');
    expect(await accessibilityProblems(page)).toEqual([]);

    // Without the app's own code there is nothing but the page itself.
    await page.route('**/*.js', (route) => route.abort());
    await page.reload();
    expect(await colourOfPage(page)).not.toBe(white);
    const [light, dark] = await page.locator('meta[name=theme-color]').all();
    expect([await light?.getAttribute('media'), await dark?.getAttribute('media')]).toEqual([
      'not all',
      'all',
    ]);
  });

  it('follow the system again', async () => {
    const page = await stage.visit('/', { colorScheme: 'dark' });
    await openSettings(page);
    await page.getByRole('radio', { name: 'Light' }).check();
    expect(await colourOfPage(page)).toBe(white);
    await page.getByRole('radio', { name: 'As the system' }).check();
    expect(await colourOfPage(page)).not.toBe(white);
  });

  it('change the language, and keep it', async () => {
    const page = await stage.visit('/');
    await openSettings(page);
    await page.getByLabel('Language').selectOption('العربية');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('button', { name: 'الإعدادات' }).click();
    await takePicture(page, 'settings-ar');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('combobox').selectOption('');
    await page.getByRole('button', { name: 'تطبيق' }).click();
    await page.getByRole('button', { name: 'Settings' }).waitFor();
    expect(await page.evaluate(() => document.dir)).toBe('ltr');
  });

  it('give the focus back where it was', async () => {
    const page = await stage.visit('/');
    await page.getByRole('button', { name: 'Settings' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Settings',
    );
  });

  it('say what to do when they cannot be loaded', async () => {
    const page = await stage.visit('/');
    await page.route('**/chunk-*.js', (route) => route.abort());
    await openSettings(page);
    await page.getByRole('dialog', { name: 'Not loaded' }).waitFor();
    await page.unroute('**/chunk-*.js');
    await page.getByRole('button', { name: 'Reload' }).click();
    await openSettings(page);
    await page.getByRole('radio', { name: 'Dark' }).waitFor();
  });

  it('need nothing that the policy of the page forbids', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
