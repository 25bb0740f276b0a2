import { Injectable, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { LateApollo } from '../apollo/late-apollo';
import { LiveUpdates } from '../connection/live-updates';
import type { MessageSearchQuery } from '../graphql/graphql';

export type Hit = MessageSearchQuery['messages']['edges'][number];

const pageSize = 20;

/** Messages found in the whole inbox, newest first. */
@Injectable({ providedIn: 'root' })
export class MessageSearch {
  private readonly apollo = inject(LateApollo);
  private readonly found = signal<readonly Hit[]>([]);
  private readonly progress = signal<'idle' | 'loading' | 'ready' | 'failed'>('idle');
  private search = '';
  private olderCursor: string | null = null;
  /** Only the answer to the newest question counts. */
  private run = 0;

  readonly hits = this.found.asReadonly();
  readonly state = this.progress.asReadonly();
  readonly hasMore = signal(false);

  constructor() {
    inject(LiveUpdates)
      .connections.pipe(takeUntilDestroyed())
      .subscribe(() => {
        if (this.progress() === 'failed') void this.load();
      });
  }

  find(search: string): Promise<void> {
    this.search = search;
    this.olderCursor = null;
    this.found.set([]);
    this.hasMore.set(false);
    if (search === '') {
      this.run += 1;
      this.progress.set('idle');
      return Promise.resolve();
    }
    return this.load();
  }

  /** The next page, or the failed one again. */
  async load(): Promise<void> {
    const run = ++this.run;
    this.progress.set('loading');
    try {
      const { messages } = await this.apollo.query((of) => of.MessageSearchDocument, {
        search: this.search,
        last: pageSize,
        before: this.olderCursor,
      });
      if (run === this.run) this.take(messages);
    } catch {
      // Told in the list, with a button to try again.
      if (run === this.run) this.progress.set('failed');
    }
  }

  private take(page: MessageSearchQuery['messages']): void {
    this.found.update((hits) => [...hits, ...page.edges.toReversed()]);
    this.olderCursor = page.pageInfo.startCursor;
    this.hasMore.set(page.pageInfo.hasPreviousPage);
    this.progress.set('ready');
  }
}
