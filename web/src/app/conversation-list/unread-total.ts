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

  constructor() {
    const live = inject(LiveUpdates);
    const changes = live.events.pipe(filter((event) => event.type !== 'MESSAGE_UPDATED'));
    merge(live.resyncs, changes)
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
  }

  private async count(): Promise<void> {
    try {
      const { data } = await this.apollo.client.query({
        query: UnreadTotalDocument,
        fetchPolicy: 'no-cache',
      });
      if (data !== undefined) this.total.set(data.conversations.totalUnread);
    } catch {
      // The next change counts again; the light tells of a lost connection.
    }
  }
}
