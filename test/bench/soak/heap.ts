import type { Page } from 'playwright-core';

/** What the scripts of the app may hold after an hour of traffic, in MiB. */
export const heapMaxMiB = 80;

export interface HeapWatch {
  /** MiB that scripts hold once what is not needed is gone, one sample after the other. */
  readonly samples: readonly number[];
  /** Takes a last sample. */
  stop(): Promise<void>;
}

const sampleEveryMs = 20_000;

/** Follows the memory of an open app, whose user opens one chat after the other meanwhile. */
export async function watchHeap(page: Page, everyMs = sampleEveryMs): Promise<HeapWatch> {
  const session = await page.context().newCDPSession(page);
  const samples: number[] = [];
  let nth = 0;

  async function sample(): Promise<void> {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    samples.push(usedSize / 2 ** 20);
  }

  async function openNext(): Promise<void> {
    // Rows change their places under a pointer: clicked without one.
    const row = page.locator('app-conversation-row a').nth((nth += 1) % 8);
    await row.dispatchEvent('click').catch(() => undefined);
  }

  const timer = setInterval(() => {
    void sample().then(openNext);
  }, everyMs);
  await sample();
  return {
    samples,
    async stop() {
      clearInterval(timer);
      await sample();
      await session.detach();
    },
  };
}
