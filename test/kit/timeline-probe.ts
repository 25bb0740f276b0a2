import type { Page } from 'playwright-core';

/** What a page goes through while something happens to its timeline. */
export interface TimelineFigures {
  /** Elements of the whole page, at most. */
  readonly mostElements: number;
  /** How far the bubble that was watched has moved from where it was, at most; pixels. */
  readonly driftPx: number;
  /** Times between frames, in milliseconds, in order. */
  readonly frameMs: readonly number[];
}

interface Probe {
  readonly figures: { mostElements: number; driftPx: number; frameMs: number[] };
  stop(): void;
}

declare global {
  interface Window {
    timelineProbe?: Probe;
  }
}

/** Begins to watch every frame that is painted; with a text, the place of its bubble as well. */
export async function startProbe(page: Page, text: string | null = null): Promise<void> {
  await page.evaluate((watched) => {
    const figures = { mostElements: 0, driftPx: 0, frameMs: [] as number[] };
    const bubble =
      watched === null
        ? undefined
        : Array.from(document.querySelectorAll('app-bubble')).find(({ textContent }) =>
            textContent.includes(watched),
          );
    if (watched !== null && bubble === undefined) throw new Error(`No bubble says ${watched}.`);
    const startPx = bubble?.getBoundingClientRect().top ?? 0;
    let isOn = true;
    let last = performance.now();
    // A task after the frame sees what was painted.
    const afterPaint = new MessageChannel();
    afterPaint.port1.onmessage = () => {
      figures.mostElements = Math.max(figures.mostElements, document.querySelectorAll('*').length);
      const topPx = bubble?.isConnected === true ? bubble.getBoundingClientRect().top : startPx;
      figures.driftPx = Math.max(figures.driftPx, Math.abs(topPx - startPx));
    };
    const frame = (now: number): void => {
      figures.frameMs.push(now - last);
      last = now;
      afterPaint.port2.postMessage(null);
      if (isOn) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    const stop = (): void => {
      isOn = false;
    };
    window.timelineProbe = { figures, stop };
  }, text);
}

export async function stopProbe(page: Page): Promise<TimelineFigures> {
  return page.evaluate(async () => {
    const probe = window.timelineProbe;
    if (probe === undefined) throw new Error('Nothing is being watched.');
    // Two more frames: what has just happened is painted and seen.
    for (let n = 0; n < 2; n += 1) await new Promise(requestAnimationFrame);
    await new Promise((resolve) => setTimeout(resolve));
    probe.stop();
    return probe.figures;
  });
}
