import type { Page } from 'playwright-core';

export interface Chat {
  /** How its row begins. */
  readonly name: string;
  /** The last line of it. */
  readonly lastLine: string;
}

/**
 * Opens one chat after the other, as often as told: for each time that the second was opened, how long it took
 * from the click to the frame that shows its last line, in milliseconds.
 */
export async function timeOpenings(
  page: Page,
  [first, second]: readonly [Chat, Chat],
  times: number,
): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let n = 0; n < times; n += 1) {
    await timeOpening(page, first);
    taken.push(await timeOpening(page, second));
  }
  return taken;
}

function timeOpening(page: Page, chat: Chat): Promise<number> {
  return page.evaluate(async ({ name, lastLine }) => {
    const links = Array.from(document.querySelectorAll<HTMLElement>('app-conversation-row a'));
    const link = links.find(({ textContent }) => textContent.includes(name));
    if (link === undefined) throw new Error(`No row says ${name}.`);
    const startMs = performance.now();
    link.click();
    for (;;) {
      const bubbles = Array.from(document.querySelectorAll('app-bubble'));
      if (bubbles.at(-1)?.textContent.includes(lastLine) === true) break;
      await new Promise(requestAnimationFrame);
    }
    // A task after the next frame: it is on the screen.
    await new Promise(requestAnimationFrame);
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    return performance.now() - startMs;
  }, chat);
}
