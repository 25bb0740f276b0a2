import type { BrowserContext, Page } from 'playwright-core';
import {
  accessibilityProblems,
  describeInBrowser,
  takePicture,
} from '../../kit/browser/browser.ts';
import { amara, leave, openChat, row, setStage, tom } from '../inbox.ts';
import type { Stage } from '../inbox.ts';

/** Stands in for the notices of the system, which a browser without a desktop does not show. */
function pretendNotices(): void {
  const shown: { title: string; body: string; click: () => void }[] = [];
  let isAsked = false;
  class Notice {
    static permission = localStorage.getItem('test.permission') ?? 'default';
    static requestPermission() {
      isAsked = true;
      localStorage.setItem('test.permission', 'granted');
      Notice.permission = 'granted';
      return Promise.resolve('granted');
    }
    onclick: (() => void) | null = null;
    constructor(title: string, { body }: { body: string }) {
      shown.push({ title, body, click: () => this.onclick?.() });
    }
    close(): void {
      this.onclick = null;
    }
  }
  Object.assign(window, { Notification: Notice, notices: shown, wasAsked: () => isAsked });
}

const noticesIn = (page: Page): Promise<string[]> =>
  page.evaluate('notices.map(({ title, body }) => `${title}: ${body}`)');

/** Resolves once one of the pages has shown this. */
async function noticeAppears(pages: readonly Page[], text: string): Promise<void> {
  const shows = (wanted: string) =>
    JSON.stringify(Reflect.get(globalThis, 'notices')).includes(`"${wanted}"`);
  await Promise.any(pages.map((page) => page.waitForFunction(shows, text)));
}

describeInBrowser('notifications', () => {
  let stage: Stage;
  let context: BrowserContext;

  beforeAll(async () => {
    stage = await setStage();
    for (const person of [amara, tom]) {
      stage.simulator.control.addCustomer(person);
      stage.simulator.control.write(person.phoneNumber, 'Hello');
    }
  });
  afterAll(() => stage.close());
  beforeEach(async () => {
    context = await stage.browser.newContext({ locale: 'en-GB' });
    await context.addInitScript(pretendNotices);
  });
  afterEach(() => context.close());

  async function window(): Promise<Page> {
    const page = await context.newPage();
    await page.goto(stage.app.url);
    await row(page, amara.name).waitFor();
    return page;
  }
  async function turnOn(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Turn on', exact: true }).click();
    await page.getByText('Be told of new messages').waitFor({ state: 'detached' });
  }
  const write = (who: { phoneNumber: string }, text: string) =>
    stage.simulator.control.write(who.phoneNumber, text);

  it('are asked for by a button alone, and open the chat that they tell of', async () => {
    const page = await window();
    expect(await page.evaluate('wasAsked()')).toBe(false);
    expect(await accessibilityProblems(page)).toEqual([]);
    await takePicture(page, 'bell-hint');
    await turnOn(page);
    expect(await page.evaluate('wasAsked()')).toBe(true);
    await leave(page, 'hidden');
    write(tom, 'Is my bike ready?');
    await noticeAppears([page], 'Is my bike ready?');
    expect(await noticesIn(page)).toEqual([`${tom.name}: Is my bike ready?`]);
    await page.evaluate('notices[0].click()');
    await page.getByRole('heading', { name: tom.name, level: 2 }).waitFor();
  });

  it('come once for all windows, and not at all where one sees the chat', async () => {
    const one = await window();
    await turnOn(one);
    const other = await window();
    await leave(one, 'unfocused');
    await leave(other, 'unfocused');
    for (const text of ['First', 'Second', 'Third']) {
      write(amara, text);
      await noticeAppears([one, other], text);
    }
    const all = [...(await noticesIn(one)), ...(await noticesIn(other))];
    expect(all.sort()).toEqual(
      ['First', 'Second', 'Third'].map((text) => `${amara.name}: ${text}`),
    );

    const looking = await window();
    await openChat(looking, amara.name);
    write(amara, 'Seen at once');
    write(tom, 'Not seen');
    await noticeAppears([one, other, looking], 'Not seen');
    const later = await Promise.all([one, other, looking].map((page) => noticesIn(page)));
    expect(later.flat().filter((notice) => notice.includes('Seen at once'))).toEqual([]);
  });

  it('leave a quiet chat out, which says so in the list', async () => {
    const page = await window();
    await turnOn(page);
    await openChat(page, amara.name);
    await page.getByRole('button', { name: /^Quiet/ }).click();
    await row(page, amara.name).getByRole('img', { name: 'Quiet' }).waitFor();
    await takePicture(page, 'quiet-chat');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.reload();
    await row(page, amara.name).getByRole('img', { name: 'Quiet' }).waitFor();
    await leave(page, 'unfocused');
    write(amara, 'In silence');
    write(tom, 'Aloud');
    await noticeAppears([page], 'Aloud');
    expect(await noticesIn(page)).toEqual([`${tom.name}: Aloud`]);
  });

  it('are set in the settings, where the sound can be tried', async () => {
    const page = await window();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Turn on notifications' }).click();
    const shows = page.getByRole('checkbox', { name: 'Show new messages on this device' });
    expect(await shows.isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Test sound' }).click();
    expect(await page.getByRole('alert').count()).toBe(0);
    await takePicture(page, 'notification-settings');
    expect(await accessibilityProblems(page)).toEqual([]);
    await shows.uncheck();
    await page.reload();
    await page.getByRole('button', { name: 'Settings' }).click();
    await shows.waitFor();
    expect(await shows.isChecked()).toBe(false);
  });
});
