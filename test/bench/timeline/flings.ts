import type { CDPSession, Page } from 'playwright-core';
import { startProbe, stopProbe } from '../../kit/browser/timeline-probe.ts';
import type { TimelineFigures } from '../../kit/browser/timeline-probe.ts';
import { afterScroll } from './after-scroll.ts';

export interface Flings {
  readonly figures: TimelineFigures;
  /** How far the view came in all; pixels. */
  readonly distancePx: number;
}

/** A finger that moves so far every 10 ms, so often, and lets go. */
const stepPx = 40;
const steps = 10;
const stepSeconds = 0.01;

/** Flings the middle of what scrolls, towards its beginning or its end, and watches every frame until it stands. */
export async function watchFlings(
  page: Page,
  selector: string,
  { times, isUpwards }: { readonly times: number; readonly isUpwards: boolean },
): Promise<Flings> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not drawn.`);
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const devTools = await page.context().newCDPSession(page);
  await page.locator(selector).evaluate((scroller: HTMLElement) => {
    let lastPx = scroller.scrollTop;
    window.scrolledPx = 0;
    scroller.onscroll = () => {
      const movedPx = Math.abs(scroller.scrollTop - lastPx);
      lastPx = scroller.scrollTop;
      // A view that is moved by a page together with what it shows has not come that far.
      if (movedPx < 1_000) window.scrolledPx = (window.scrolledPx ?? 0) + movedPx;
    };
  });
  await startProbe(page);
  for (let n = 0; n < times; n += 1) {
    await afterScroll(page, selector, () => fling(devTools, middle, isUpwards ? 1 : -1));
  }
  const figures = await stopProbe(page);
  const distancePx = await page.evaluate(() => window.scrolledPx ?? 0);
  await devTools.detach();
  return { figures, distancePx };
}

declare global {
  interface Window {
    scrolledPx?: number;
  }
}

async function fling(
  devTools: CDPSession,
  { x, y }: { readonly x: number; readonly y: number },
  direction: 1 | -1,
): Promise<void> {
  const start = Date.now() / 1_000;
  const touch = (type: 'touchStart' | 'touchMove', step: number) =>
    devTools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: [{ x, y: y + direction * (step - steps / 2) * stepPx }],
      timestamp: start + step * stepSeconds,
    });
  await touch('touchStart', 0);
  for (let step = 1; step <= steps; step += 1) await touch('touchMove', step);
  await devTools.send('Input.dispatchTouchEvent', {
    type: 'touchEnd',
    touchPoints: [],
    timestamp: start + (steps + 0.5) * stepSeconds,
  });
}

/** A page that has nothing to do but scroll: what this machine makes of it is the measure. */
export async function openPlainPage(page: Page): Promise<void> {
  const lines = Array.from({ length: 4_000 }, (_, n) => `<p>Line ${String(n)} of plain text.</p>`);
  await page.goto('about:blank');
  await page.setContent(
    `<div id="plain" style="height: 90vh; overflow-y: auto">${lines.join('')}</div>`,
  );
  await page.locator('#plain').evaluate((element) => {
    element.scrollTop = element.scrollHeight;
  });
}
