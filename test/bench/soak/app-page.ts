import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../kit/browser/browser.ts';
import type { StoredConversation } from './api.ts';
import { watchHeap } from './heap.ts';
import type { HeapWatch } from './heap.ts';

/** The chat app, open in a browser all the while. */
export interface AppPage {
  /** What it shows other than the store has, once it has caught up; empty where all is well. */
  differences(conversations: readonly StoredConversation[]): Promise<string[]>;
  /** The memory that it holds, from now on. */
  watchHeap(): Promise<HeapWatch>;
  close(): Promise<void>;
}

interface ShownRow {
  readonly name: string;
  readonly unread: number;
}

// How long the list may take to show what has just ended.
const catchUpMs = 15_000;
const pollMs = 250;

export async function openAppPage(serverUrl: string): Promise<AppPage> {
  const browser: Browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`app: ${String(error)}`));
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(`app: ${line.text()}`);
  });
  await page.goto(serverUrl);
  await page.locator('app-conversation-list').waitFor();

  function shownRows(): Promise<ShownRow[]> {
    return page.locator('app-conversation-row').evaluateAll((rows) =>
      rows.map((row) => ({
        name: row.querySelector('.name')?.textContent.trim() ?? '',
        unread: Number.parseInt(row.querySelector('.badge')?.textContent ?? '0', 10),
      })),
    );
  }

  function mismatch(shown: readonly ShownRow[], stored: readonly StoredConversation[]): string[] {
    if (shown.length === 0) return ['app: shows no conversation'];
    return shown.flatMap(({ name, unread }, index) => {
      const expected = stored[index];
      const expectedName = expected?.contact.displayName ?? '';
      if (name !== expectedName) return [`app: row ${index} is ${name}, not ${expectedName}`];
      return unread === expected?.unreadCount ? [] : [`app: ${name} has ${unread} unread`];
    });
  }

  return {
    async differences(conversations) {
      const until = Date.now() + catchUpMs;
      for (;;) {
        const found = mismatch(await shownRows(), conversations);
        if (found.length === 0 || Date.now() > until) return [...found, ...complaints];
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
    },
    watchHeap: () => watchHeap(page),
    close: () => browser.close(),
  };
}
