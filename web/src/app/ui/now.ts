import { DOCUMENT, DestroyRef, Injectable, inject, signal } from '@angular/core';

/** Ticks fall on whole minutes, and so on midnight. */
const tickMs = 20_000;

/** The present, in epoch milliseconds, ticking over: for "12 min left" and "Today". */
@Injectable({ providedIn: 'root' })
export class Now {
  private readonly document = inject(DOCUMENT);
  private readonly ms = signal(Date.now());
  private timer: ReturnType<typeof setTimeout> | undefined;
  readonly value = this.ms.asReadonly();

  constructor() {
    // A page in the background or on a sleeping machine has missed its ticks.
    const look = (): void => {
      this.tick();
    };
    this.document.addEventListener('visibilitychange', look);
    this.tick();
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.timer);
      this.document.removeEventListener('visibilitychange', look);
    });
  }

  private tick(): void {
    clearTimeout(this.timer);
    const now = Date.now();
    this.ms.set(now);
    this.timer = setTimeout(
      () => {
        this.tick();
      },
      tickMs - (now % tickMs),
    );
  }
}
