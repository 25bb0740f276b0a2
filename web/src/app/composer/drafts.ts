import { DOCUMENT, Injectable, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { EMPTY, fromEvent } from 'rxjs';
import { LocalStore } from '../ui/local-store';
import { isQuotedMessage } from './quoted-message';
import type { QuotedMessage } from './quoted-message';

const textStart = 'draft.';
const quoteStart = 'quote.';

/** What was typed and not sent, and what it answers, per conversation, kept across reloads and the same in all windows. */
@Injectable({ providedIn: 'root' })
export class Drafts {
  private readonly store = inject(LocalStore);
  private readonly texts = signal<ReadonlyMap<string, string>>(this.keptTexts());
  private readonly quotes = signal<ReadonlyMap<string, QuotedMessage>>(this.keptQuotes());

  /** The chat whose field has the keyboard: nothing changes there under the writer's hands. */
  private typedInto: string | null = null;
  /** What another window has written there meanwhile. */
  private missed = '';

  constructor() {
    const view = inject(DOCUMENT).defaultView;
    (view === null ? EMPTY : fromEvent<StorageEvent>(view, 'storage'))
      .pipe(takeUntilDestroyed())
      .subscribe(({ key }) => {
        this.takeFromOtherWindow(key);
      });
  }

  /** Empty when there is none. */
  of(conversationId: string): string {
    return this.texts().get(conversationId) ?? '';
  }

  keep(conversationId: string, text: string): void {
    if (text === this.of(conversationId)) return;
    if (text === '') this.store.remove(textStart + conversationId);
    else this.store.write(textStart + conversationId, text);
    this.show(conversationId, text);
  }

  /** The message that the draft answers. */
  quoted(conversationId: string): QuotedMessage | null {
    return this.quotes().get(conversationId) ?? null;
  }

  quote(conversationId: string, message: QuotedMessage | null): void {
    const quotes = new Map(this.quotes());
    if (message === null) {
      if (!quotes.delete(conversationId)) return;
      this.store.remove(quoteStart + conversationId);
    } else {
      quotes.set(conversationId, message);
      this.store.write(quoteStart + conversationId, JSON.stringify(message));
    }
    this.quotes.set(quotes);
  }

  startTyping(conversationId: string): void {
    if (this.typedInto !== null && this.typedInto !== conversationId)
      this.stopTyping(this.typedInto);
    this.typedInto = conversationId;
  }

  stopTyping(conversationId: string): void {
    if (this.typedInto !== conversationId) return;
    this.typedInto = null;
    const { missed } = this;
    this.missed = '';
    this.keep(conversationId, joined(this.of(conversationId), missed));
  }

  /** It was sent. */
  clear(conversationId: string): void {
    this.keep(conversationId, '');
    this.quote(conversationId, null);
  }

  /** Shows what is kept now: after signing out, nothing. */
  reload(): void {
    this.typedInto = null;
    this.missed = '';
    this.texts.set(this.keptTexts());
    this.quotes.set(this.keptQuotes());
  }

  private show(conversationId: string, text: string): void {
    const texts = new Map(this.texts());
    if (text === '') texts.delete(conversationId);
    else texts.set(conversationId, text);
    this.texts.set(texts);
  }

  /** Null: the browser's whole storage was emptied. */
  private takeFromOtherWindow(storageKey: string | null): void {
    if (storageKey === null) {
      this.reload();
      return;
    }
    const key = this.store.ownKey(storageKey) ?? '';
    if (key.startsWith(textStart)) this.takeText(key.slice(textStart.length));
    else if (key.startsWith(quoteStart)) this.takeQuote(key.slice(quoteStart.length));
  }

  private takeText(conversationId: string): void {
    const text = this.store.read(textStart + conversationId) ?? '';
    if (this.isBeingWritten(conversationId)) this.missed = text;
    else this.show(conversationId, text);
  }

  private takeQuote(conversationId: string): void {
    if (this.isBeingWritten(conversationId)) return;
    const quotes = new Map(this.quotes());
    const value = parsed(this.store.read(quoteStart + conversationId) ?? 'null');
    if (isQuotedMessage(value)) quotes.set(conversationId, value);
    else quotes.delete(conversationId);
    this.quotes.set(quotes);
  }

  private isBeingWritten(conversationId: string): boolean {
    return conversationId === this.typedInto && this.of(conversationId) !== '';
  }

  private keptTexts(): ReadonlyMap<string, string> {
    return new Map(this.kept(textStart).filter(([, text]) => text !== ''));
  }

  private keptQuotes(): ReadonlyMap<string, QuotedMessage> {
    const quotes = new Map<string, QuotedMessage>();
    for (const [conversationId, json] of this.kept(quoteStart)) {
      const value = parsed(json);
      if (isQuotedMessage(value)) quotes.set(conversationId, value);
    }
    return quotes;
  }

  private kept(start: string): readonly (readonly [string, string])[] {
    return this.store
      .keys(start)
      .map((key) => [key.slice(start.length), this.store.read(key) ?? ''] as const);
  }
}

/** Both texts, where neither holds the other. */
function joined(text: string, other: string): string {
  if (text.includes(other)) return text;
  return other.includes(text) ? other : `${text}\n${other}`;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Written by something else than this app.
    return null;
  }
}
