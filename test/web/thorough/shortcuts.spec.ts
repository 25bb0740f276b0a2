import type { Page } from 'playwright-core';
import {
  accessibilityProblems,
  describeInBrowser,
  takePicture,
} from '../../kit/browser/browser.ts';
import { messageField, openChat, row, setStage, tom, playWorkshop } from '../inbox.ts';
import type { Stage } from '../inbox.ts';

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.tagName ?? null;
  });
const openedChat = (page: Page) => page.locator('app-chat h2').innerText();

describeInBrowser('the keyboard', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
    await playWorkshop(stage);
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage.close());

  it('goes from chat to chat, to the search and out again', async () => {
    const page = await stage.visit('/');
    await row(page, tom.name).waitFor();
    await page.keyboard.press('Alt+ArrowDown');
    const first = await openedChat(page);
    await messageField(page).fill('half a sentence');
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByRole('heading', { name: first, level: 2 }).waitFor({ state: 'detached' });
    await page.keyboard.press('Alt+ArrowUp');
    await page.getByRole('heading', { name: first, level: 2 }).waitFor();
    expect(await messageField(page).inputValue()).toBe('half a sentence');

    await page.keyboard.press('Control+k');
    expect(await focused(page)).toBe('Search chats and messages');
    await page.keyboard.type('tom');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Choose a chat' }).waitFor();
  });

  it('starts a chat and shows its help, but writes n and ? where one writes', async () => {
    const page = await stage.visit('/');
    await openChat(page, tom.name);
    await messageField(page).pressSequentially('n?');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Settings' }).focus();
    await page.keyboard.press('n');
    await page.getByRole('dialog', { name: 'New chat' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await focused(page)).toBe('Settings');

    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await help.waitFor();
    await takePicture(page, 'shortcuts');
    expect(await accessibilityProblems(page)).toEqual([]);
    await help.getByRole('checkbox').uncheck();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('Settings');

    await page.reload();
    await page.getByRole('button', { name: 'Settings' }).focus();
    await page.keyboard.press('?');
    await page.keyboard.press('Control+k');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await focused(page)).toBe('Search chats and messages');
  });

  it('finds the search on a narrow page, where the chat lies over it', async () => {
    const page = await stage.visit('/', { viewport: { width: 320, height: 640 } });
    await openChat(page, tom.name);
    await page.keyboard.press('Control+k');
    await page.locator('input[type=search]:focus').waitFor();
  });

  it('complains about nothing', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
