import type { Page } from 'playwright-core';
import { accessibilityProblems, describeInBrowser } from '../../kit/browser/browser.ts';
import { startProbe, stopProbe } from '../../kit/browser/timeline-probe.ts';
import {
  amara,
  atEnd as isAtEnd,
  boxOf,
  bubble,
  messageField,
  openChat,
  scroller,
  setStage,
} from '../inbox.ts';
import type { Stage } from '../inbox.ts';

const minute = 60_000;
const lineCount = 360;
/** What a page may hold, however long the chat. */
const mostElements = 1_500;

const words = [
  'It goes on for a while.',
  'See https://example.com/a/long/way/to/go',
  '*So* it is.',
];

/** Lines of different heights, some of them quotes, over several days. */
const history = Array.from({ length: lineCount }, (_, n) => ({
  from: n % 3 === 0 ? ('business' as const) : ('customer' as const),
  at: Date.now() - (lineCount - n) * 6 * minute,
  text: `Line ${String(n + 1)} of a long chat. ${words
    .slice(0, n % 4)
    .join(' ')
    .repeat((n % 7) + 1)}`,
  ...(n % 11 === 5 ? { about: n - 4 } : {}),
}));

/** Turns the wheel over the chat, and waits for the frame that shows it. */
async function wheel(page: Page, px: number): Promise<void> {
  await scroller(page).hover();
  await page.mouse.wheel(0, px);
  await page.evaluate(() => new Promise(requestAnimationFrame));
}

/** A wheel's movement may go on after the frame; this one is over with it. */
async function move(page: Page, px: number): Promise<void> {
  await scroller(page).evaluate((element, by) => {
    element.scrollTop += by;
  }, px);
  await page.evaluate(() => new Promise(requestAnimationFrame));
}

async function moveUntil(page: Page, px: number, text: string): Promise<void> {
  while (!(await bubble(page, text).isVisible())) await move(page, px);
}

/** The numbers of the lines that are drawn, from the top. */
async function drawnLines(page: Page): Promise<readonly number[]> {
  const texts = await page.locator('app-bubble .text').allTextContents();
  return texts.flatMap((text) => /^Line (\d+) /.exec(text)?.[1] ?? []).map(Number);
}

/** The number of the first line that begins in view. */
async function lineInView(page: Page): Promise<number> {
  return page.evaluate(() => {
    const topPx = document.querySelector('app-timeline')?.getBoundingClientRect().top ?? 0;
    const rows = Array.from(document.querySelectorAll('app-timeline li.bubble'));
    const first = rows.find((row) => row.getBoundingClientRect().top >= topPx);
    return Number(/Line (\d+) /.exec(first?.querySelector('.text')?.textContent ?? '')?.[1]);
  });
}

const line = (number: number): string => `Line ${String(number)} of`;

describeInBrowser('the timeline', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setStage();
    stage.simulator.control.addCustomer(amara);
    await stage.simulator.control.writeHistory(amara.phoneNumber, history);
  }, 120_000);
  afterEach(() => stage.closePages());
  afterAll(() => stage.close());

  async function atEnd(): Promise<Page> {
    const page = await stage.visit();
    await openChat(page, amara.name);
    await page.locator('app-bubble').first().waitFor();
    const toEnd = page.getByRole('button', { name: 'To the newest message' });
    if (await toEnd.isVisible()) await toEnd.click();
    await bubble(page, line(lineCount)).waitFor();
    return page;
  }

  it('draws a part of a long chat only, gapless and in order, while one reads it up and down', async () => {
    const page = await atEnd();
    await startProbe(page);
    const seen = new Set<number>();
    for (const [px, goal] of [
      [-900, line(1)],
      [900, line(lineCount)],
    ] as const) {
      while (!(await bubble(page, goal).isVisible())) {
        await wheel(page, px);
        const lines = await drawnLines(page);
        expect(lines).toEqual(Array.from(lines, (_, index) => (lines[0] ?? 0) + index));
        for (const line of lines) seen.add(line);
      }
    }
    expect(seen.size).toBe(lineCount);
    expect((await stopProbe(page)).mostElements).toBeLessThan(mostElements);
    expect(await accessibilityProblems(page)).toEqual([]);
  }, 120_000);

  /** Somewhere in the middle of what is loaded, and the line that is read there. */
  async function reading(): Promise<{ readonly page: Page; readonly read: number }> {
    const page = await atEnd();
    await moveUntil(page, -500, line(lineCount - 30));
    return { page, read: await lineInView(page) };
  }

  it('keeps the line that is read in its place when something comes below', async () => {
    const { page, read } = await reading();
    await startProbe(page, { text: line(read) });
    stage.simulator.control.write(amara.phoneNumber, 'One more thing');
    await page.getByRole('button', { name: '1 new message' }).waitFor();
    expect((await stopProbe(page)).driftPx).toBeLessThanOrEqual(1);
  });

  it('keeps it in its place when older lines load above', async () => {
    const page = await atEnd();
    const answers: (() => void)[] = [];
    await page.route('**/graphql', async (route) => {
      const isOlder = route.request().postData()?.includes('OlderMessages') === true;
      if (isOlder) await new Promise<void>((resolve) => answers.push(resolve));
      await route.continue();
    });
    // As far as there are lines: the older ones are on their way.
    let before = Infinity;
    for (let top = await lineInView(page); top < before; top = await lineInView(page)) {
      before = top;
      await move(page, -900);
    }
    const read = await lineInView(page);
    await startProbe(page, { text: line(read) });
    for (const answer of answers.splice(0)) answer();
    await bubble(page, line(read - 5)).waitFor({ state: 'attached' });
    expect((await stopProbe(page)).driftPx).toBeLessThanOrEqual(1);
    expect(await lineInView(page)).toBe(read);
  });

  it('keeps it in its place when bubbles above it, and one cut off there, become higher', async () => {
    const { page, read } = await reading();
    // Of the row above, the last line alone is in view.
    const belowTopPx = (await placeOf(page, read)) - 12;
    await move(page, belowTopPx);
    await startProbe(page, { text: line(read) });
    const { control } = stage.simulator;
    for (const number of [read - 1, read - 2, read - 4]) {
      const { wamid } = control
        .chat(amara.phoneNumber)
        .find(({ content }) => JSON.stringify(content).includes(line(number)))!;
      control.react(amara.phoneNumber, wamid, '👍');
      await bubble(page, line(number))
        .getByRole('list', { name: 'Reactions' })
        .waitFor({ state: 'attached' });
    }
    expect((await stopProbe(page)).driftPx).toBeLessThanOrEqual(1);
  });

  it('keeps it in its place when the window gets another size', async () => {
    const { page, read } = await reading();
    await startProbe(page, { text: line(read) });
    for (const size of [
      { width: 900, height: 600 },
      { width: 1400, height: 900 },
    ]) {
      await page.setViewportSize(size);
      await page.waitForFunction((width) => window.innerWidth === width, size.width);
    }
    expect((await stopProbe(page)).driftPx).toBeLessThanOrEqual(1);
    expect(await lineInView(page)).toBe(read);
  });

  it('stays at the end when the window gets another size, and follows what comes', async () => {
    const page = await atEnd();
    await page.setViewportSize({ width: 800, height: 500 });
    stage.simulator.control.write(amara.phoneNumber, 'At the very end');
    await bubble(page, 'At the very end').waitFor();
    const { y, height } = await boxOf(bubble(page, 'At the very end'));
    const composer = await boxOf(page.locator('app-composer'));
    expect(y + height).toBeLessThanOrEqual(composer.y);
    expect(y + height).toBeGreaterThan(composer.y - 40);
  });

  it('stays at the end through any sizes of the window', async () => {
    const page = await atEnd();
    for (const [width, height] of [
      [1000, 500],
      [1440, 900],
      [390, 800],
      [1440, 700],
      [1440, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      await isAtEnd(page);
    }
  });

  it('stays at the end while the field grows with what is written, and shrinks as it is sent', async () => {
    const page = await atEnd();
    await page.setViewportSize({ width: 320, height: 640 });
    for (let n = 1; n <= 6; n += 1) {
      await messageField(page).fill(`Text ${String(n)} ${'goes on for a while '.repeat(6)}`);
      await isAtEnd(page);
      await messageField(page).press('Enter');
      await bubble(page, `Text ${String(n)} goes`).waitFor();
      await isAtEnd(page);
    }
  });

  /** Where the row with this line begins below the top of the chat, in pixels. */
  async function placeOf(page: Page, number: number): Promise<number> {
    const { y } = await boxOf(bubble(page, line(number)));
    return y - (await boxOf(page.locator('app-timeline'))).y;
  }

  function quote(number: number, text: string): void {
    const { control } = stage.simulator;
    const quoted = control
      .chat(amara.phoneNumber)
      .find(({ content }) => JSON.stringify(content).includes(line(number)))!;
    control.write(amara.phoneNumber, { text, quotedWamid: quoted.wamid });
  }

  it('goes to a quoted message, near or far, points it out, and back to the end', async () => {
    quote(20, 'About this one');
    const page = await atEnd();
    await bubble(page, 'About this one')
      .getByRole('button', { name: line(20) })
      .click();
    await bubble(page, line(20)).waitFor();
    const { height } = await boxOf(page.locator('app-timeline'));
    const placePx = await placeOf(page, 20);
    expect(placePx).toBeGreaterThan(height * 0.2);
    expect(placePx).toBeLessThan(height * 0.5);
    await page.locator('app-bubble.target', { hasText: line(20) }).waitFor();
    await page.locator('app-bubble.target').waitFor({ state: 'detached' });
    // One that is loaded by now, above.
    const nearby = page.locator('app-bubble', { has: page.locator('blockquote') }).first();
    await nearby.getByRole('button', { name: 'Go to the quoted message' }).click();
    await page.locator('app-bubble.target').waitFor();
    await page.getByRole('button', { name: 'To the newest message' }).click();
    await bubble(page, 'About this one').waitFor();
    expect(await page.getByRole('button', { name: 'To the newest message' }).count()).toBe(0);
  });

  it('does not take a reader who goes on to where a jump has failed', async () => {
    quote(20, 'And that one');
    const page = await atEnd();
    const isJump = (body: string | null): boolean => body?.includes('MessagesAround') === true;
    await page.route('**/graphql', (route, request) =>
      isJump(request.postData()) ? route.abort() : route.fallback(),
    );
    const failed = page.waitForEvent('requestfailed', (request) => isJump(request.postData()));
    await bubble(page, 'And that one')
      .getByRole('button', { name: line(20) })
      .click();
    await failed;
    await moveUntil(page, -500, line(lineCount - 30));
    let before = await lineInView(page);
    while (before > 40) {
      await wheel(page, -900);
      const now = await lineInView(page);
      expect(before - now).toBeLessThan(30);
      before = now;
    }
  });

  it('shows the day of what is read on top, and goes to another one', async () => {
    const page = await atEnd();
    const day = page.locator('.day-in-view');
    await moveUntil(page, -500, line(lineCount - 30));
    await day.getByRole('button').waitFor();
    const wanted = new Date(history[99]?.at ?? 0);
    const [year, month, date] = [wanted.getFullYear(), wanted.getMonth() + 1, wanted.getDate()];
    const first = history.findIndex(({ at }) => new Date(at).getDate() === date) + 1;
    const pad = (number: number): string => String(number).padStart(2, '0');
    await page.getByLabel('Go to a day').fill(`${String(year)}-${pad(month)}-${pad(date)}`);
    await bubble(page, line(first)).waitFor();
    expect(await placeOf(page, first)).toBeLessThan(200);
    expect(await accessibilityProblems(page)).toEqual([]);
    // A day on which nobody wrote: the next message after it, or the last before.
    await page.getByLabel('Go to a day').fill('2001-01-01');
    await bubble(page, line(1)).waitFor();
  });

  it('complains about nothing', () => {
    expect(stage.complaints()).toEqual([]);
  });
});
