import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { aConversation, at } from '../../testing/people';
import { eventually } from '../../testing/settled';
import { Unsent } from '../sending/unsent';
import { LocalStore } from '../ui/local-store';
import { ChatRows } from './chat-rows';

const conversations = Array.from({ length: 5_000 }, (_, n) =>
  aConversation(`cnv_${String(n).padStart(4, '0')}`, { lastActivityAt: at(-n * 1000) }),
);

describe('ChatRows', () => {
  let fixture: ComponentFixture<ChatRows>;
  let scroller: HTMLElement;

  const root = (): HTMLElement => {
    const element: unknown = fixture.nativeElement;
    if (!(element instanceof HTMLElement)) throw new Error('Not drawn.');
    return element;
  };
  const rows = () => [...root().querySelectorAll('li')];
  const idOf = (element: Element | null) => element?.closest('li')?.getAttribute('data-id');
  const focusedId = () => idOf(document.activeElement);
  const tabStops = () => [...root().querySelectorAll('a[tabindex="0"]')].map((link) => idOf(link));

  async function show(inputs: Record<string, unknown> = {}): Promise<void> {
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
  }
  const begun = () =>
    eventually(() => {
      expect(rows()).not.toHaveLength(0);
    });
  /** What is visible is drawn, then what is near it. */
  async function grown(): Promise<void> {
    for (const count of [8, 16, 24])
      await eventually(() => {
        expect(rows().length).toBeGreaterThanOrEqual(count);
      });
  }
  async function press(key: string): Promise<void> {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    await fixture.whenStable();
  }

  beforeEach(async () => {
    Object.assign(globalThis, {
      ResizeObserver: class {
        readonly observe: () => void;
        readonly disconnect = jest.fn();
        constructor(measured: () => void) {
          this.observe = measured;
        }
      },
    });
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        { provide: LocalStore, useFactory: () => new LocalStore() },
        { provide: Unsent, useValue: { newest: signal(new Map()) } },
      ],
    });
    fixture = TestBed.createComponent(ChatRows);
    scroller = document.createElement('div');
    Object.defineProperty(scroller, 'clientHeight', { value: 700 });
    document.body.append(scroller);
    scroller.append(root());
    await show({ conversations, scroller });
  });
  afterEach(() => {
    scroller.remove();
  });

  it('draws a few of thousands, and says how many there are', async () => {
    await begun();
    expect(rows().length).toBeLessThan(40);
    expect(rows()[1]?.getAttribute('aria-posinset')).toBe('2');
    expect(rows()[1]?.getAttribute('aria-setsize')).toBe('5000');
    expect(root().querySelector('ul')?.style.blockSize).toBe('350000px');
  });

  it('draws what is visible first, piece by piece, and what is near it a moment later', async () => {
    const counts = new Set<number>();
    const counting = new MutationObserver(() => counts.add(rows().length));
    counting.observe(root(), { childList: true, subtree: true });
    expect(rows()).toHaveLength(0);
    await grown();
    expect([...counts].sort((a, b) => a - b).slice(0, 2)).toEqual([2, 4]);
    expect(counts).toContain(16);
  });

  it('draws others when it is scrolled', async () => {
    scroller.scrollTop = 140_000;
    scroller.dispatchEvent(new Event('scroll'));
    await fixture.whenStable();
    expect(rows().some((row) => row.getAttribute('data-id') === 'cnv_2005')).toBe(true);
    expect(rows().length).toBeLessThan(40);
  });

  it('is one stop for the Tab key: the open chat, or the first row', async () => {
    await begun();
    expect(tabStops()).toEqual(['cnv_0000']);
    await show({ openId: 'cnv_0003' });
    expect(tabStops()).toEqual(['cnv_0003']);
  });

  it('is walked through by keys, to both ends', async () => {
    fixture.componentInstance.focus();
    await fixture.whenStable();
    expect(focusedId()).toBe('cnv_0000');
    await press('ArrowDown');
    await press('ArrowDown');
    expect(focusedId()).toBe('cnv_0002');
    await press('End');
    expect(focusedId()).toBe('cnv_4999');
    expect(scroller.scrollTop).toBe(350_000 - 700);
    await press('Home');
    expect(focusedId()).toBe('cnv_0000');
    expect(tabStops()).toEqual(['cnv_0000']);
  });

  it('counts keys that come before the row of the last one is drawn', async () => {
    fixture.componentInstance.focus();
    await fixture.whenStable();
    for (let times = 0; times < 50; times += 1) void press('ArrowDown');
    await fixture.whenStable();
    expect(focusedId()).toBe('cnv_0050');
  });

  it('keeps the focus on its row when the row moves, and when it is scrolled out of sight', async () => {
    fixture.componentInstance.focus();
    await fixture.whenStable();
    await press('ArrowDown');
    const [first, second, ...others] = conversations;
    await show({ conversations: [second, first, ...others] });
    expect(focusedId()).toBe('cnv_0001');
    scroller.scrollTop = 140_000;
    scroller.dispatchEvent(new Event('scroll'));
    await fixture.whenStable();
    expect(focusedId()).toBe('cnv_0001');
  });

  it('keeps the rows in view in their place when others come above them, except at the top', async () => {
    scroller.scrollTop = 7_000;
    scroller.dispatchEvent(new Event('scroll'));
    await fixture.whenStable();
    const newcomer = aConversation('cnv_new', { lastActivityAt: at(1000) });
    await show({ conversations: [newcomer, ...conversations] });
    expect(scroller.scrollTop).toBe(7_070);
    scroller.scrollTop = 0;
    scroller.dispatchEvent(new Event('scroll'));
    await fixture.whenStable();
    await show({ conversations: [aConversation('cnv_newer'), newcomer, ...conversations] });
    expect(scroller.scrollTop).toBe(0);
    expect(rows()[0]?.getAttribute('data-id')).toBe('cnv_newer');
  });

  it('asks for more near the end, once it may', async () => {
    await grown();
    let asked = 0;
    fixture.componentInstance.loadMore.subscribe(() => {
      asked += 1;
    });
    await show({ hasMore: true, canLoadMore: true });
    expect(asked).toBe(0);
    await show({ conversations: conversations.slice(0, 30) });
    expect(asked).toBe(1);
    await show({ canLoadMore: false });
    await show({ canLoadMore: true });
    expect(asked).toBe(2);
  });
});
