import type { Page } from 'playwright-core';
import { startProbe, stopProbe } from '../../kit/browser/timeline-probe.ts';
import { afterScroll } from './after-scroll.ts';
import type { Simulator } from '../../simulator/simulator.ts';

const dayMs = 24 * 60 * 60_000;
/** So many days back, one after the other. */
const places = [900, 500, 120, 30, 7];
const steps = 12;
const scroller = 'app-timeline .scroller';

interface Customer {
  readonly phoneNumber: string;
  readonly name: string;
}

/**
 * Reads on from several places of the chat, upwards, while pages load and the customer writes: how far the first
 * bubble that begins in view moves by itself at most, in pixels.
 */
export async function readAround(
  page: Page,
  simulator: Simulator,
  customer: Customer,
): Promise<number> {
  simulator.control.addCustomer(customer);
  let mostPx = 0;
  let written = 0;
  for (const days of places) {
    const day = new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);
    const loaded = page.waitForResponse((response) => response.url().endsWith('/graphql'));
    await page.getByLabel('Go to a day').fill(day);
    await loaded;
    for (let step = 0; step < steps; step += 1) {
      await page.locator(scroller).hover();
      await afterScroll(page, scroller, () => page.mouse.wheel(0, -900));
      await startProbe(page, 'first in view');
      written += 1;
      simulator.control.write(customer.phoneNumber, 'And one more thing');
      await page.getByRole('button', { name: `${String(written)} new message` }).waitFor();
      mostPx = Math.max(mostPx, (await stopProbe(page)).driftPx);
    }
  }
  return mostPx;
}
