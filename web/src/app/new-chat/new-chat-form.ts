import { Injectable, inject, signal } from '@angular/core';
import type { SendMessageInput } from '../graphql/graphql';
import { LocalStore } from '../ui/local-store';
import { newId } from '../ui/new-id';

const storeKey = 'new-chat';

interface Fields {
  readonly number: string;
  readonly message: string;
  /** Goes with this content only: sending the same again gives the same message. */
  readonly clientMessageId: string;
}

/** What was typed into "+ New Chat", kept until it is sent. */
@Injectable({ providedIn: 'root' })
export class NewChatForm {
  private readonly store = inject(LocalStore);
  private readonly fields = signal<Fields>(readFields(this.store.read(storeKey)));

  number(): string {
    return this.fields().number;
  }

  message(): string {
    return this.fields().message;
  }

  edit(change: Partial<Pick<Fields, 'number' | 'message'>>): void {
    const before = this.fields();
    const after = { ...before, ...change };
    if (after.number === before.number && after.message === before.message) return;
    this.keep({ ...after, clientMessageId: newId() });
  }

  /** To this number. What was written to another one is not for it. */
  address(number: string): void {
    this.edit(number === this.number() ? {} : { number, message: '' });
  }

  input(digits: string): SendMessageInput {
    const { message, clientMessageId } = this.fields();
    return { to: digits, text: message.trim(), clientMessageId };
  }

  clear(): void {
    this.keep(emptyFields());
    this.store.remove(storeKey);
  }

  private keep(fields: Fields): void {
    this.fields.set(fields);
    this.store.write(storeKey, JSON.stringify(fields));
  }
}

function emptyFields(): Fields {
  return { number: '', message: '', clientMessageId: newId() };
}

function readFields(json: string | null): Fields {
  try {
    const value: unknown = JSON.parse(json ?? 'null');
    return isFields(value) ? value : emptyFields();
  } catch {
    // Written by another version of the app.
    return emptyFields();
  }
}

function isFields(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Partial<Record<keyof Fields, unknown>> = value;
  return [fields.number, fields.message, fields.clientMessageId].every(
    (field) => typeof field === 'string',
  );
}
