import { Injectable, signal } from '@angular/core';

export interface MenuOfMessage {
  readonly messageId: string;
  /** The button that it belongs to: it opens beside it, and gives the focus back to it. */
  readonly button: HTMLElement;
}

/** Which message's menu is open; one at a time. */
@Injectable({ providedIn: 'root' })
export class OpenMenu {
  private readonly current = signal<MenuOfMessage | null>(null);
  readonly opened = this.current.asReadonly();

  open(menu: MenuOfMessage): void {
    this.current.set(menu);
  }

  close(): void {
    this.current.set(null);
  }
}
