import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../kit/browser/browser.ts';
import type { WatchedPage } from '../kit/browser/browser.ts';
import { simulatorCredentials, startSimulator } from '../kit/simulator.ts';
import { startTestApp } from '../kit/test-app.ts';
import type { TestApp, TestAppOptions } from '../kit/test-app.ts';
import { createInbox } from '../simulator/demo/inbox.ts';
import { workshopScene } from '../simulator/demo/scenes/workshop.ts';
import type { SimulatorOptions } from '../simulator/options.ts';
import type { Simulator } from '../simulator/simulator.ts';

export const amara = { name: 'Amara Okafor', phoneNumber: '15555550142' };
export const tom = { name: 'Tom Aldridge', phoneNumber: '447700900123' };
export const lea = { name: 'Léa Fontaine', phoneNumber: '33639981234' };
export const kiri = { name: 'Kiri Walker', phoneNumber: '61491570156' };
export const noor = {
  name: 'مكتب الدعم الفني والمبيعات لشركة النور للتجارة العامة',
  phoneNumber: '966501234567',
};
export const ben = { name: 'Ben Osei', phoneNumber: '233201234567' };

/** The whole product with a browser in front of it and WhatsApp behind it. */
export interface Stage {
  readonly app: TestApp;
  readonly simulator: Simulator;
  readonly browser: Browser;
  /** A page at this path, in a profile of its own. */
  visit(path?: string, options?: BrowserContextOptions): Promise<Page>;
  /** For after each test: pages that are left open go on working, and slow down those after them. */
  closePages(): Promise<void>;
  /** What the pages complained about. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

export interface StageOptions {
  readonly app?: TestAppOptions;
  readonly simulator?: Partial<SimulatorOptions>;
}

export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const simulator = await startSimulator(options.simulator);
  const app = await startTestApp({
    ...options.app,
    whatsapp: { ...whatsAppOf(simulator), ...options.app?.whatsapp },
  });
  simulator.control.pointWebhooksAt(`${app.url}/plugins/whatsapp/webhook`);
  const browser = await launchBrowser();
  const pages: WatchedPage[] = [];

  return {
    app,
    simulator,
    browser,
    async visit(path = '/', contextOptions = {}) {
      const watched = await openPage(browser, contextOptions);
      pages.push(watched);
      await watched.page.goto(new URL(path, app.url).href);
      return watched.page;
    },
    async closePages() {
      await Promise.all(pages.map((page) => page.close()));
    },
    complaints: () => pages.flatMap(({ complaints }) => complaints),
    async close() {
      await browser.close();
      await simulator.stop();
      await app.close();
    },
  };
}

/** The people of the demo and their past, as `npm run demo` begins; resolves when the inbox has it all. */
export async function playWorkshop({ app, simulator: { control } }: Stage): Promise<void> {
  const clock = { now: () => Date.now() };
  await workshopScene.play?.({ control, inbox: createInbox(app.url), clock });
  await control.settled();
}

/** 160 lines over half a day, a third of them ours, of different heights. */
export function writeLongChat({ simulator: { control } }: Stage, customer: string): Promise<void> {
  const minuteMs = 60_000;
  const longAgo = Date.now() - 20 * 60 * minuteMs;
  return control.writeHistory(
    customer,
    Array.from({ length: 160 }, (_, n) => ({
      from: n % 3 === 0 ? ('business' as const) : ('customer' as const),
      at: longAgo + n * 5 * minuteMs,
      text: `Line ${String(n + 1)} of a long chat. ${'It goes on for a while. '.repeat(n % 5)}`,
    })),
  );
}

function whatsAppOf({ url }: Simulator) {
  const { token, appSecret, verifyToken, phoneNumberId } = simulatorCredentials;
  return { token, appSecret, verifyToken, phoneNumberIds: [phoneNumberId], apiBaseUrl: url };
}

// --- the places of the page, by what a person (or a screen reader) calls them

export const light = (page: Page): Locator => page.locator('app-connection-light');

export function row(page: Page, name: string | RegExp): Locator {
  return page.getByRole('list', { name: 'Chats' }).getByRole('link', { name });
}

/** The bubble with this text. */
export function bubble(page: Page, text: string): Locator {
  return page.locator('app-bubble').filter({ has: page.locator('.text', { hasText: text }) });
}

/** The tick of the bubble with this text: `Sent`, `Delivered`, `Read`, `Not sent` … */
export function tick(page: Page, text: string, label: string): Locator {
  return bubble(page, text).getByRole('img', { name: label, exact: true });
}

export const messageField = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' });

/** Waits until this stands in the message field. */
export async function fieldHolds(page: Page, text: string): Promise<void> {
  const held = [await messageField(page).elementHandle(), text] as const;
  await page.waitForFunction(
    ([field, wanted]) => field instanceof HTMLTextAreaElement && field.value === wanted,
    held,
  );
}

/** Waits until the newest message is in view. */
export async function atEnd(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const view = document.querySelector('app-timeline .scroller');
    return view !== null && view.scrollHeight - view.scrollTop - view.clientHeight < 2;
  });
}

export async function openChat(page: Page, name: string): Promise<void> {
  await row(page, name).click();
  await page.getByRole('heading', { name, level: 2 }).waitFor();
}

export async function send(page: Page, text: string): Promise<void> {
  await messageField(page).fill(text);
  await messageField(page).press('Enter');
}

/** The window goes to the back, or another one gets the focus; a test's page has it always. */
export function leave(page: Page, how: 'hidden' | 'unfocused'): Promise<void> {
  return page.evaluate((isHidden) => {
    document.hasFocus = () => false;
    if (isHidden)
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('blur'));
  }, how === 'hidden');
}

export function comeBack(page: Page): Promise<void> {
  return page.evaluate(() => {
    document.hasFocus = () => true;
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('focus'));
  });
}

/** How many of the customer's messages show blue ticks on their phone: what the team has marked read. */
export function readOnPhone(stage: Stage, customerId: string): number {
  return stage.simulator.control
    .chat(customerId)
    .filter(({ direction, status }) => direction === 'fromCustomer' && status === 'read').length;
}

export const scroller = (page: Page): Locator => page.locator('app-timeline .scroller');

/** Where the bubble with this text stands on the screen, in pixels. */
export async function topOf(page: Page, text: string): Promise<number> {
  return (await boxOf(bubble(page, text))).y;
}

/** Where this stands on the screen, in pixels. */
export async function boxOf(place: Locator) {
  const box = await place.boundingBox();
  if (box === null) throw new Error(`${place.toString()} is not drawn.`);
  return box;
}

/** Where the lines of this text stand, or those of its first letters. */
export function linesOf(place: Locator, letters = Infinity) {
  return place.evaluate((element, count) => {
    const range = document.createRange();
    const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode() ?? element;
    range.selectNodeContents(text);
    range.setEnd(text, Math.min(count, range.endOffset));
    return [...range.getClientRects()].map(({ left, right, bottom }) => ({ left, right, bottom }));
  }, letters);
}
