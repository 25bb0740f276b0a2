import { DOCUMENT, Injectable, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { EMPTY, fromEvent } from 'rxjs';
import { LocalStore } from '../ui/local-store';
import { KeptByChat, asJson } from './kept-by-chat';
import { isQuotedMessage } from '../sending/quoted-message';
import type { QuotedMessage } from '../sending/quoted-message';

/** A message of ours that was not sent, as it was; `waiting`: it stands in this browser alone. */
export interface Recalled {
  readonly kind: 'waiting' | 'message';
  readonly id: string;
  readonly text: string;
  /** The message that it answers. */
  readonly replyToId: string | null;
}

/**
 * What was typed and not sent, what it answers and whether it was a message before, per conversation, kept across
 * reloads and the same in all windows.
 */
@Injectable({ providedIn: 'root' })
export class Drafts {
  private readonly store = inject(LocalStore);
  private readonly texts = new KeptByChat<string>(this.store, 'draft.', {
    write: (text) => text,
    read: (text) => text || null,
  });
  private readonly quotes = new KeptByChat(this.store, 'quote.', asJson(isQuotedMessage));
  private readonly recalls = new KeptByChat(this.store, 'recall.', asJson(isRecalled));

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
    return this.texts.of(conversationId) ?? '';
  }

  keep(conversationId: string, text: string): void {
    this.texts.keep(conversationId, text || null);
  }

  /** The message that the draft answers. */
  quoted(conversationId: string): QuotedMessage | null {
    return this.quotes.of(conversationId);
  }

  quote(conversationId: string, message: QuotedMessage | null): void {
    this.quotes.keep(conversationId, message);
  }

  /** The message that was brought back into the field, and may have been changed there. */
  recalled(conversationId: string): Recalled | null {
    return this.recalls.of(conversationId);
  }

  recall(conversationId: string, message: Recalled | null): void {
    this.recalls.keep(conversationId, message);
  }

  /** In whose fields one of these messages is. */
  recalledIn(ids: readonly (string | null)[]): readonly string[] {
    return this.recalls.entries().flatMap(([chat, { id }]) => (ids.includes(id) ? [chat] : []));
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

  /** The chat has become a part of another one. */
  move(from: string, into: string): void {
    if (from === this.typedInto) this.typedInto = into;
    this.keep(into, joined(this.of(into), this.of(from)));
    this.quote(into, this.quoted(into) ?? this.quoted(from));
    this.recall(into, this.recalled(into) ?? this.recalled(from));
    this.clear(from);
  }

  /** It was sent. */
  clear(conversationId: string): void {
    for (const kept of this.all()) kept.keep(conversationId, null);
  }

  /** Shows what is kept now: after signing out, nothing. */
  reload(): void {
    this.typedInto = null;
    this.missed = '';
    for (const kept of this.all()) kept.reload();
  }

  private all() {
    return [this.texts, this.quotes, this.recalls] as const;
  }

  /** Null: the browser's whole storage was emptied. */
  private takeFromOtherWindow(storageKey: string | null): void {
    if (storageKey === null) {
      this.reload();
      return;
    }
    const key = this.store.ownKey(storageKey) ?? '';
    for (const kept of this.all()) {
      const conversationId = kept.chatOf(key);
      if (conversationId === null) continue;
      if (!this.isBeingWritten(conversationId)) kept.look(conversationId);
      else if (kept === this.texts) this.missed = kept.kept(conversationId) ?? '';
    }
  }

  private isBeingWritten(conversationId: string): boolean {
    return conversationId === this.typedInto && this.of(conversationId) !== '';
  }
}

/** Both texts, where neither holds the other. */
function joined(text: string, other: string): string {
  if (text.includes(other)) return text;
  return other.includes(text) ? other : `${text}\n${other}`;
}

function isRecalled(value: unknown): value is Recalled {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, id, text }: Partial<Record<keyof Recalled, unknown>> = value;
  return (kind === 'waiting' || kind === 'message') && [id, text].every(isText);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}
