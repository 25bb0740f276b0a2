import {
  ChangeDetectionStrategy,
  Component,
  afterNextRender,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import type { ElementRef } from '@angular/core';
import { Icon } from '../ui/icon';
import { menuPlace } from './menu-place';
import { OpenMenu } from './open-menu';

/** What can be done with a message, beside its bubble. */
@Component({
  selector: 'app-message-menu',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  templateUrl: './message-menu.html',
  styleUrl: './message-menu.css',
  host: { '(document:pointerdown)': 'closeOutside($event)', '(window:resize)': 'menu.close()' },
})
export class MessageMenu {
  protected readonly menu = inject(OpenMenu);
  readonly button = input.required<HTMLElement>();
  /** What "Copy" copies; empty where there is no text. */
  readonly text = input.required<string>();
  readonly canReply = input.required<boolean>();
  readonly reply = output();
  /** The message's way is to be told. */
  readonly info = output();

  private readonly popup = viewChild.required<ElementRef<HTMLElement>>('popup');
  /** Where the browser does not let us copy. */
  protected readonly isCopyRefused = signal(false);

  constructor() {
    afterNextRender(() => {
      const popup = this.popup().nativeElement;
      popup.showPopover();
      const { innerWidth: width, innerHeight: height } = window;
      const { left, top } = menuPlace({
        button: this.button().getBoundingClientRect(),
        menu: popup.getBoundingClientRect(),
        view: { width, height },
      });
      popup.style.left = `${String(left)}px`;
      popup.style.top = `${String(top)}px`;
      this.items()[0]?.focus();
    });
  }

  protected async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text());
      this.leave();
    } catch {
      // Not allowed, or a page that is served over plain HTTP.
      this.isCopyRefused.set(true);
    }
  }

  protected answer(): void {
    this.menu.close();
    this.reply.emit();
  }

  /** What opens gives the focus back to where it was: the menu is gone then, its button is not. */
  protected showInfo(): void {
    this.button().focus();
    this.menu.close();
    this.info.emit();
  }

  protected move(event: KeyboardEvent): void {
    const items = this.items();
    const at = items.findIndex((item) => item === document.activeElement);
    const to = placeAfter(event.key, at, items.length);
    if (to !== null) {
      event.preventDefault();
      items[to]?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      this.leave();
    }
  }

  protected closeOutside({ target }: PointerEvent): void {
    if (!(target instanceof Node)) return;
    // Its own button closes it by its click.
    const isOurs = [this.popup().nativeElement, this.button()].some((one) => one.contains(target));
    if (!isOurs) this.menu.close();
  }

  private leave(): void {
    this.menu.leave();
  }

  private items(): readonly HTMLElement[] {
    return [...this.popup().nativeElement.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }
}

/** Round and round; null for another key. */
function placeAfter(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
