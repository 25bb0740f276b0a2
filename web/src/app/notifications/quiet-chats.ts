import { DOCUMENT, DestroyRef, Injectable, inject, signal } from '@angular/core';
import { LocalStore } from '../ui/local-store';

const key = 'quiet';

/** The chats that do not ring in this browser. */
@Injectable({ providedIn: 'root' })
export class QuietChats {
  private readonly store = inject(LocalStore);
  private readonly ids = signal<ReadonlySet<string>>(this.kept());

  constructor() {
    const view = inject(DOCUMENT).defaultView;
    // Another window has changed it.
    const reload = (): void => {
      this.ids.set(this.kept());
    };
    view?.addEventListener('storage', reload);
    inject(DestroyRef).onDestroy(() => view?.removeEventListener('storage', reload));
  }

  has(conversationId: string): boolean {
    return this.ids().has(conversationId);
  }

  toggle(conversationId: string): void {
    const ids = new Set(this.kept());
    if (!ids.delete(conversationId)) ids.add(conversationId);
    this.keep(ids);
  }

  /** The chat has become a part of another one. */
  move(from: string, into: string): void {
    const ids = new Set(this.kept());
    if (ids.delete(from)) this.keep(ids.add(into));
  }

  private keep(ids: ReadonlySet<string>): void {
    this.store.write(key, JSON.stringify([...ids]));
    this.ids.set(ids);
  }

  private kept(): ReadonlySet<string> {
    try {
      const ids: unknown = JSON.parse(this.store.read(key) ?? '[]');
      return new Set(Array.isArray(ids) ? ids.map(String) : []);
    } catch {
      // Not written by us.
      return new Set();
    }
  }
}
