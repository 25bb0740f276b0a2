import { DestroyRef, Injectable, inject, signal } from '@angular/core';
import { LateApollo } from '../apollo/late-apollo';
import type { HealthPartsFragment } from '../graphql/graphql';

export type Health = HealthPartsFragment;

const lookEveryMs = 15_000;

/** What the server says of itself: settings that are missing, warnings, a paused outbox. */
@Injectable({ providedIn: 'root' })
export class ServerHealth {
  private readonly apollo = inject(LateApollo);
  private readonly latest = signal<Health | null>(null);
  readonly health = this.latest.asReadonly();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.stop();
    });
  }

  start(): void {
    this.stop();
    this.timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.look();
    }, lookEveryMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** What an answer to another question told of it. */
  know(health: Health): void {
    this.latest.set(health);
  }

  /** Asks now; keeps what is known when the server does not answer. */
  async look(): Promise<void> {
    try {
      const { health } = await this.apollo.query((of) => of.ServerHealthDocument, {});
      this.latest.set(health);
    } catch {
      // The light tells that there is no connection; the next look tells the rest.
    }
  }
}
