import type { Page } from 'playwright-core';

/** Makes something scroll, and waits until it stands still. */
export async function afterScroll(
  page: Page,
  selector: string,
  scroll: () => Promise<void>,
): Promise<void> {
  const standing = await page.locator(selector).evaluateHandle((scroller) => {
    // Not `scrollend`: that also tells of a page's own moves, in the middle of a fling.
    const restFrames = 12;
    let rested = -Infinity;
    scroller.addEventListener('scroll', () => {
      rested = 0;
    });
    const done = (async () => {
      for (; rested < restFrames; rested += 1) await new Promise(requestAnimationFrame);
    })();
    return { done };
  });
  await scroll();
  await standing.evaluate(({ done }) => done);
  await standing.dispose();
}
