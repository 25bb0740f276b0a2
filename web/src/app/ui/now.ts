import { DestroyRef, Injectable, inject, signal } from '@angular/core';

const tickMs = 20_000;

/** The present, in epoch milliseconds, ticking over: for "12 min left" and "Today". */
@Injectable({ providedIn: 'root' })
export class Now {
  private readonly ms = signal(Date.now());
  readonly value = this.ms.asReadonly();

  constructor() {
    const timer = setInterval(() => {
      this.ms.set(Date.now());
    }, tickMs);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
    });
  }
}
