import { signal } from '@angular/core';
import type { LocalStore } from '../ui/local-store';

export interface KeptForm<T> {
  readonly write: (value: T) => string;
  /** Null for what another version of the app wrote. */
  readonly read: (text: string) => T | null;
}

/** A value for each chat, kept across reloads. */
export class KeptByChat<T> {
  private readonly store: LocalStore;
  private readonly keyStart: string;
  private readonly form: KeptForm<T>;
  private readonly values;

  constructor(store: LocalStore, keyStart: string, form: KeptForm<T>) {
    this.store = store;
    this.keyStart = keyStart;
    this.form = form;
    this.values = signal(this.all());
  }

  of(conversationId: string): T | null {
    return this.values().get(conversationId) ?? null;
  }

  entries(): readonly (readonly [string, T])[] {
    return [...this.values()];
  }

  keep(conversationId: string, value: T | null): void {
    if (value === this.of(conversationId)) return;
    const key = this.keyStart + conversationId;
    if (value === null) this.store.remove(key);
    else this.store.write(key, this.form.write(value));
    this.show(conversationId, value);
  }

  /** The chat whose value stands under this key of the store; null for what is none of these. */
  chatOf(key: string): string | null {
    return key.startsWith(this.keyStart) ? key.slice(this.keyStart.length) : null;
  }

  /** What is kept now, whoever wrote it. */
  kept(conversationId: string): T | null {
    const text = this.store.read(this.keyStart + conversationId);
    return text === null ? null : this.form.read(text);
  }

  /** Shows what is kept now. */
  look(conversationId: string): void {
    this.show(conversationId, this.kept(conversationId));
  }

  private show(conversationId: string, value: T | null): void {
    const values = new Map(this.values());
    if (value === null) values.delete(conversationId);
    else values.set(conversationId, value);
    this.values.set(values);
  }

  reload(): void {
    this.values.set(this.all());
  }

  private all(): ReadonlyMap<string, T> {
    const values = new Map<string, T>();
    for (const key of this.store.keys(this.keyStart)) {
      const id = key.slice(this.keyStart.length);
      const value = this.kept(id);
      if (value !== null) values.set(id, value);
    }
    return values;
  }
}

/** As JSON; `isOne` tells what this version of the app understands. */
export function asJson<T>(isOne: (value: unknown) => value is T): KeptForm<T> {
  return {
    write: (value) => JSON.stringify(value),
    read: (text) => {
      try {
        const value: unknown = JSON.parse(text);
        return isOne(value) ? value : null;
      } catch {
        // Written by something else than this app.
        return null;
      }
    },
  };
}
