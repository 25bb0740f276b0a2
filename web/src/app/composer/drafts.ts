import { Injectable, inject, signal } from '@angular/core';
import { LocalStore } from '../ui/local-store';
import { isQuotedMessage } from './quoted-message';
import type { QuotedMessage } from './quoted-message';

const textStart = 'draft.';
const quoteStart = 'quote.';

/** What was typed and not sent, and what it answers, per conversation, kept across reloads. */
@Injectable({ providedIn: 'root' })
export class Drafts {
  private readonly store = inject(LocalStore);
  private readonly texts = signal<ReadonlyMap<string, string>>(this.keptTexts());
  private readonly quotes = signal<ReadonlyMap<string, QuotedMessage>>(this.keptQuotes());

  /** Empty when there is none. */
  of(conversationId: string): string {
    return this.texts().get(conversationId) ?? '';
  }

  keep(conversationId: string, text: string): void {
    if (text === this.of(conversationId)) return;
    const texts = new Map(this.texts());
    if (text === '') {
      texts.delete(conversationId);
      this.store.remove(textStart + conversationId);
    } else {
      texts.set(conversationId, text);
      this.store.write(textStart + conversationId, text);
    }
    this.texts.set(texts);
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

  /** It was sent. */
  clear(conversationId: string): void {
    this.keep(conversationId, '');
    this.quote(conversationId, null);
  }

  /** Shows what is kept now: after signing out, nothing. */
  reload(): void {
    this.texts.set(this.keptTexts());
    this.quotes.set(this.keptQuotes());
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

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Written by something else than this app.
    return null;
  }
}
