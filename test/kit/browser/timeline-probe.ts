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

/** The bubble to watch: the one with this text, or the first that begins in view. */
export type WatchedBubble = 'first in view' | { readonly text: string };

/** Begins to watch every frame that is painted, and the place of a bubble. */
export async function startProbe(page: Page, watched: WatchedBubble | null = null): Promise<void> {
  await page.evaluate((wanted) => {
    const figures = { mostElements: 0, driftPx: 0, frameMs: [] as number[] };
    const topPx = document.querySelector('app-timeline')?.getBoundingClientRect().top ?? 0;
    const bubble = Array.from(document.querySelectorAll('app-bubble')).find((one) =>
      wanted === null || wanted === 'first in view'
        ? one.getBoundingClientRect().top >= topPx
        : one.textContent.includes(wanted.text),
    );
    if (wanted !== null && bubble === undefined) throw new Error('There is no such bubble.');
    const startPx = bubble?.getBoundingClientRect().top ?? 0;
    let isOn = true;
    let last = performance.now();
    // A task after the frame sees what was painted, unless the window has got another size since.
    const afterPaint = new MessageChannel();
    const windowSize = (): string => `${String(innerWidth)} ${String(innerHeight)}`;
    afterPaint.port1.onmessage = ({ data }) => {
      if (data !== windowSize()) return;
      figures.mostElements = Math.max(figures.mostElements, document.querySelectorAll('*').length);
      const nowPx = bubble?.isConnected === true ? bubble.getBoundingClientRect().top : startPx;
      figures.driftPx = Math.max(figures.driftPx, Math.abs(nowPx - startPx));
    };
    const frame = (now: number): void => {
      figures.frameMs.push(now - last);
      last = now;
      afterPaint.port2.postMessage(windowSize());
      if (isOn) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    const stop = (): void => {
      isOn = false;
    };
    window.timelineProbe = { figures, stop };
  }, watched);
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
