import { Injectable, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { concatMap, filter, merge, tap, throttleTime } from 'rxjs';
import { LateApollo } from '../apollo/late-apollo';
import { LiveUpdates } from '../connection/live-updates';

/** At most one question to the server in this time, however many messages arrive. */
const settleMs = 500;

/** Unread messages in the whole inbox, for the title. The server counts: most chats are not loaded here. */
@Injectable({ providedIn: 'root' })
export class UnreadTotal {
  private readonly apollo = inject(LateApollo);
  private readonly total = signal(0);
  readonly value = this.total.asReadonly();
  /** It was not counted since it may have changed. */
  private isOld = false;
  /** Counts what may have changed it: an answer to a question of before is older. */
  private version = 0;

  constructor() {
    const live = inject(LiveUpdates);
    const changes = live.events.pipe(
      filter((event) => event.type !== 'MESSAGE_UPDATED'),
      tap(() => (this.version += 1)),
    );
    const returns = live.connections.pipe(filter(() => this.isOld));
    merge(live.resyncs, changes, returns)
      .pipe(
        throttleTime(settleMs, undefined, { leading: true, trailing: true }),
        concatMap(() => this.count()),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  /** For another question, asked now, whose answer tells of it: takes it, unless something newer is known by then. */
  asking(): (total: number) => void {
    const { version } = this;
    return (total) => {
      if (version === this.version) this.know(total);
    };
  }

  /** As it was when it was kept in this browser; counted with the next connection. */
  restore(total: number): void {
    this.total.set(total);
    this.isOld = true;
  }

  private async count(): Promise<void> {
    this.isOld = true;
    try {
      const { conversations } = await this.apollo.query((of) => of.UnreadTotalDocument, {});
      this.know(conversations.totalUnread);
    } catch {
      // The next change or connection counts again; the light tells of a lost one.
    }
  }

  private know(total: number): void {
    this.total.set(total);
    this.isOld = false;
    this.version += 1;
  }
}
