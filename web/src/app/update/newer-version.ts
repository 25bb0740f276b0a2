import { DOCUMENT, Injectable, effect, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { merge, skip } from 'rxjs';
import { fetchInTime } from '../apollo/fetch-in-time';
import { LateApollo } from '../apollo/late-apollo';
import { LiveUpdates } from '../connection/live-updates';
import { Attention } from '../ui/attention';
import { Now } from '../ui/now';

/** A person who comes and goes makes the server look no more often than this. */
const lookAgainAfterMs = 5 * 60_000;

/**
 * Whether the server has another build of the app than this page: when the connection is back, when a person is, and when
 * there is no connection since the part that makes it is not to be had.
 */
@Injectable({ providedIn: 'root' })
export class NewerVersion {
  private readonly own = buildOf(inject(DOCUMENT).documentElement.outerHTML);
  private readonly served = signal(false);
  private lookedAtMs = Date.now();
  readonly isServed = this.served.asReadonly();

  constructor() {
    const returns = inject(LiveUpdates).connections.pipe(skip(1));
    merge(returns, inject(LateApollo).failures)
      .pipe(takeUntilDestroyed())
      .subscribe(() => {
        void this.look();
      });
    const attention = inject(Attention);
    const now = inject(Now);
    effect(() => {
      if (attention.isHere() && now.value() - this.lookedAtMs > lookAgainAfterMs) void this.look();
    });
  }

  private async look(): Promise<void> {
    // A page without a build's name comes from the development server, which reloads by itself.
    if (this.own === null || this.served()) return;
    this.lookedAtMs = Date.now();
    try {
      const response = await fetchInTime('/', { headers: { accept: 'text/html' } });
      const current = response.ok ? buildOf(await response.text()) : null;
      if (current !== null && current !== this.own) this.served.set(true);
    } catch {
      // No connection: looked for again with the next one.
    }
  }
}

/** What tells builds apart: the name of the first script, with the hash of its content. */
function buildOf(html: string): string | null {
  return /\bsrc="(main-[^"]+\.js)"/u.exec(html)?.[1] ?? null;
}
