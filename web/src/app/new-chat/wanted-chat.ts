import { Injectable, signal } from '@angular/core';

/** A number that somebody wants to write to, and nobody has yet: "New chat" opens with it. */
@Injectable({ providedIn: 'root' })
export class WantedChat {
  private readonly wanted = signal<string | null>(null);
  readonly number = this.wanted.asReadonly();

  with(digits: string): void {
    this.wanted.set(digits);
  }

  begun(): void {
    this.wanted.set(null);
  }
}
