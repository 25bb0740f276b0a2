import { Injectable, Injector, afterNextRender, inject, signal } from '@angular/core';

export interface MenuOfMessage {
  readonly messageId: string;
  /** The button that it belongs to: it opens beside it, and gives the focus back to it. */
  readonly button: HTMLElement;
}

/** Which message's menu is open; one at a time. */
@Injectable({ providedIn: 'root' })
export class OpenMenu {
  private readonly injector = inject(Injector);
  private readonly current = signal<MenuOfMessage | null>(null);
  readonly opened = this.current.asReadonly();

  open(menu: MenuOfMessage): void {
    this.current.set(menu);
  }

  close(): void {
    this.current.set(null);
  }

  /** Its button gets the focus once the menu is gone: a key that follows at once opens it anew. */
  leave(): void {
    const button = this.current()?.button;
    this.close();
    const giveFocus = (): void => {
      button?.focus();
    };
    afterNextRender({ read: giveFocus }, { injector: this.injector });
  }
}
