import { Injectable, inject, signal } from '@angular/core';
import { LocalStore } from '../ui/local-store';

const keyStart = 'draft.';

/** What was typed and not sent, per conversation, kept across reloads. */
@Injectable({ providedIn: 'root' })
export class Drafts {
  private readonly store = inject(LocalStore);
  private readonly texts = signal<ReadonlyMap<string, string>>(this.kept());

  /** Empty when there is none. */
  of(conversationId: string): string {
    return this.texts().get(conversationId) ?? '';
  }

  keep(conversationId: string, text: string): void {
    if (text === this.of(conversationId)) return;
    const texts = new Map(this.texts());
    if (text === '') {
      texts.delete(conversationId);
      this.store.remove(keyStart + conversationId);
    } else {
      texts.set(conversationId, text);
      this.store.write(keyStart + conversationId, text);
    }
    this.texts.set(texts);
  }

  /** Shows what is kept now: after signing out, nothing. */
  reload(): void {
    this.texts.set(this.kept());
  }

  private kept(): ReadonlyMap<string, string> {
    const entries = this.store
      .keys(keyStart)
      .map((key) => [key.slice(keyStart.length), this.store.read(key) ?? ''] as const);
    return new Map(entries.filter(([, text]) => text !== ''));
  }
}
