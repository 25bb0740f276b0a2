import type { Page } from 'playwright-core';
import {
  accessibilityProblems,
  describeInBrowser,
  takePicture,
} from '../../kit/browser/browser.ts';
import {
  amara,
  atEnd,
  bubble,
  kiri,
  messageField,
  openChat,
  send,
  setStage,
  tick,
  tom,
} from '../inbox.ts';
import type { Stage } from '../inbox.ts';

const menuButton = (page: Page, text: string) =>
  bubble(page, text).getByRole('button', { name: 'Menu of the message' });
const item = (page: Page, name: string) => page.getByRole('menuitem', { name });
const quoted = (page: Page) => page.getByRole('group', { name: 'Answer to' });

describeInBrowser('answering a message', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
    const { control } = stage.simulator;
    for (const person of [amara, kiri, tom]) {
      control.addCustomer(person);
      control.write(person.phoneNumber, 'Are you open on Saturday?');
      control.write(person.phoneNumber, 'And do you have stools?');
    }
  });
  afterEach(() => stage.closePages());
  afterAll(() => stage.close());

  it('quotes it, at once and on the phone of the customer', async () => {
    const page = await stage.visit();
    await openChat(page, amara.name);
    await bubble(page, 'Are you open on Saturday?').hover();
    await menuButton(page, 'Are you open on Saturday?').click();
    await item(page, 'Reply').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await takePicture(page, 'message-menu');
    await item(page, 'Reply').click();
    await quoted(page).getByText('Are you open on Saturday?').waitFor();
    await messageField(page).pressSequentially('Yes, from nine');
    expect(await accessibilityProblems(page)).toEqual([]);
    await takePicture(page, 'quoted');
    await page.reload();
    await quoted(page).getByText('Are you open on Saturday?').waitFor();

    // No connection: what is shown is what waits in this browser.
    await page.context().setOffline(true);
    await messageField(page).press('Enter');
    const own = bubble(page, 'Yes, from nine');
    await own.locator('blockquote').getByText('Are you open on Saturday?').waitFor();
    expect(await quoted(page).count()).toBe(0);
    await page.context().setOffline(false);
    await tick(page, 'Yes, from nine', 'Read').waitFor();
    await own.locator('blockquote').getByText('Are you open on Saturday?').waitFor();
    const [first] = stage.simulator.control.chat(amara.phoneNumber);
    expect(stage.simulator.control.chat(amara.phoneNumber).at(-1)).toMatchObject({
      quotedWamid: first?.wamid,
    });
  });

  it('is done with the keyboard alone, and taken back with Escape', async () => {
    const page = await stage.visit();
    await openChat(page, kiri.name);
    await bubble(page, 'And do you have stools?').waitFor();
    await atEnd(page);
    await messageField(page).focus();
    await page.keyboard.press('Shift+Tab');
    const focused = page.locator('button.more:focus');
    await focused.waitFor();
    expect(await focused.evaluate((button) => button.closest('app-bubble')?.textContent)).toContain(
      'stools',
    );
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await item(page, 'Reply').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('[role=menuitem]:focus', { hasText: 'Copy' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('button.more:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[role=menuitem]:focus', { hasText: 'Reply' }).waitFor();
    await page.keyboard.press('Enter');
    await quoted(page).getByText('Are you open on Saturday?').waitFor();
    await page.keyboard.type('Well');
    await page.keyboard.press('Escape');
    await quoted(page).waitFor({ state: 'detached' });
    expect(await messageField(page).inputValue()).toBe('Well');
  });

  it('tells the way of a message, and gives the focus back', async () => {
    const page = await stage.visit();
    await openChat(page, tom.name);
    await send(page, 'From nine to one');
    await tick(page, 'From nine to one', 'Read').waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('[role=menuitem]:focus').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    const info = page.getByRole('dialog', { name: 'Message info' });
    await info.getByText('Handed to WhatsApp once.').waitFor();
    expect(await info.locator('time').count()).toBe(4);
    expect(await info.locator('code').first().textContent()).toMatch(/^wamid\./);
    expect(await accessibilityProblems(page)).toEqual([]);
    await takePicture(page, 'message-info');
    await page.keyboard.press('Escape');
    await info.waitFor({ state: 'detached' });
    await page.locator('button.more:focus').waitFor();
  });

  it('is done by a finger that rests on the bubble', async () => {
    const page = await stage.visit('/', {
      hasTouch: true,
      isMobile: true,
      viewport: { width: 320, height: 640 },
    });
    await openChat(page, tom.name);
    const text = bubble(page, 'And do you have stools?').locator('.text');
    const touch = { bubbles: true, pointerType: 'touch', clientX: 80, clientY: 200 };
    await text.dispatchEvent('pointerdown', touch);
    await item(page, 'Reply').waitFor();
    await text.dispatchEvent('pointerup', touch);
    await takePicture(page, 'message-menu-320');
    await item(page, 'Reply').tap();
    await quoted(page).getByText('And do you have stools?').waitFor();
    await takePicture(page, 'quoted-320');
    await quoted(page).getByRole('button', { name: 'Do not quote it' }).tap();
    await quoted(page).waitFor({ state: 'detached' });
    await send(page, 'Plenty of them');
    await tick(page, 'Plenty of them', 'Read').waitFor();
    expect(await bubble(page, 'Plenty of them').locator('blockquote').count()).toBe(0);
  });

  it('complains about nothing', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
