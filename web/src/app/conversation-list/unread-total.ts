import { Injectable, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Apollo } from 'apollo-angular';
import { concatMap, filter, merge, throttleTime } from 'rxjs';
import { LiveUpdates } from '../connection/live-updates';
import { UnreadTotalDocument } from '../graphql/graphql';

/** At most one question to the server in this time, however many messages arrive. */
const settleMs = 500;

/** Unread messages in the whole inbox, for the title. The server counts: most chats are not loaded here. */
@Injectable({ providedIn: 'root' })
export class UnreadTotal {
  private readonly apollo = inject(Apollo);
  private readonly total = signal(0);
  readonly value = this.total.asReadonly();
  /** It was not counted since it may have changed. */
  private isOld = false;

  constructor() {
    const live = inject(LiveUpdates);
    const changes = live.events.pipe(filter((event) => event.type !== 'MESSAGE_UPDATED'));
    const returns = live.connections.pipe(filter(() => this.isOld));
    merge(live.resyncs, changes, returns)
      .pipe(
        throttleTime(settleMs, undefined, { leading: true, trailing: true }),
        concatMap(() => this.count()),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  /** What an answer to another question told of it. */
  know(total: number): void {
    this.total.set(total);
    this.isOld = false;
  }

  /** As it was when it was kept in this browser; counted with the next connection. */
  restore(total: number): void {
    this.total.set(total);
    this.isOld = true;
  }

  private async count(): Promise<void> {
    this.isOld = true;
    try {
      const { data } = await this.apollo.client.query({
        query: UnreadTotalDocument,
        fetchPolicy: 'no-cache',
      });
      if (data === undefined) return;
      this.total.set(data.conversations.totalUnread);
      this.isOld = false;
    } catch {
      // The next change or connection counts again; the light tells of a lost one.
    }
  }
}
