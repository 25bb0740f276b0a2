import { DestroyRef, Directive, ElementRef, inject } from '@angular/core';
import { LongPress } from './long-press';

const menuButton = 'button.more';

/**
 * How one gets to the menus of the messages in it: one of their buttons, the lowest in view, can be
 * reached with Tab, and the arrow keys go from one to the next; a finger rests on a bubble.
 */
@Directive({
  host: {
    '(keydown)': 'step($event)',
    '(pointerdown)': 'press($event)',
    '(pointermove)': 'held.move($event)',
    '(pointerup)': 'held.end()',
    '(pointercancel)': 'held.end()',
    '(contextmenu)': 'keepToOneMenu($event)',
  },
})
export class MenuReach {
  private readonly root = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly held = new LongPress<HTMLElement>((button) => {
    button.click();
  });
  private isTouched = false;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.held.end();
    });
  }

  protected step(event: KeyboardEvent): void {
    if (event.key === 'Tab') this.chooseTabStop();
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    const buttons = this.buttons();
    const at = buttons.findIndex((button) => button === event.target);
    if (at < 0) return;
    event.preventDefault();
    buttons[event.key === 'ArrowUp' ? at - 1 : at + 1]?.focus();
  }

  protected press(event: PointerEvent): void {
    this.isTouched = event.pointerType === 'touch';
    if (!this.isTouched || !(event.target instanceof Element)) return;
    // A link, and a button, have something of their own for it.
    if (event.target.closest('a, button') !== null) return;
    const button = event.target.closest('app-bubble')?.querySelector<HTMLElement>(menuButton);
    if (button != null) this.held.begin(button, event);
  }

  /** The browser has a menu for a finger that rests, too. */
  protected keepToOneMenu(event: Event): void {
    const { target } = event;
    if (!this.isTouched || !(target instanceof Element) || target.closest('a') !== null) return;
    if (target.closest('app-bubble') !== null) event.preventDefault();
  }

  /** Just before the focus moves: what is in view has changed since. */
  private chooseTabStop(): void {
    const buttons = this.buttons();
    const view = this.root.querySelector('.scroller')?.getBoundingClientRect();
    const focused = buttons.find((button) => button === document.activeElement);
    const inView = buttons.findLast((button) => {
      const { top, bottom } = button.getBoundingClientRect();
      return view !== undefined && top >= view.top && bottom <= view.bottom;
    });
    const stop = focused ?? inView;
    for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
  }

  private buttons(): readonly HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(menuButton)];
  }
}
