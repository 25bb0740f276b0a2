import { Injectable, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable, toSignal } from '@angular/core/rxjs-interop';
import { Apollo } from 'apollo-angular';
import { firstValueFrom, switchMap } from 'rxjs';
import { LiveUpdates, loadBesideEvents } from '../connection/live-updates';
import type { LiveEvent } from '../connection/live-updates';
import { ConversationListDocument } from '../graphql/graphql';
import type { ConversationFilter } from '../graphql/graphql';
import { compareByActivity } from './conversation-order';
import { placeConversation } from './list-updates';

const pageSize = 30;
const maxPageSize = 200;

/** The list of conversations for one filter at a time, kept in order as events come in. */
@Injectable({ providedIn: 'root' })
export class Conversations {
  private readonly apollo = inject(Apollo);
  private readonly live = inject(LiveUpdates);
  private readonly current = signal<ConversationFilter>({});
  private readonly progress = signal<'loading' | 'more' | 'ready' | 'failed'>('loading');
  private run = 0;

  readonly filter = this.current.asReadonly();
  readonly state = this.progress.asReadonly();

  private readonly watched = toSignal(
    toObservable(this.current).pipe(
      switchMap(
        (filter) =>
          this.apollo.watchQuery({
            query: ConversationListDocument,
            variables: { first: pageSize, filter },
            fetchPolicy: 'cache-only',
          }).valueChanges,
      ),
    ),
  );
  private readonly page = computed(() => {
    const result = this.watched();
    return result?.dataState === 'complete' ? result.data.conversations : null;
  });

  /** Null while nothing is known yet. */
  readonly rows = computed(() => this.page()?.nodes.toSorted(compareByActivity) ?? null);
  readonly hasMore = computed(() => this.page()?.pageInfo.hasNextPage ?? false);

  constructor() {
    this.live.events.pipe(takeUntilDestroyed()).subscribe((event) => {
      this.apply(event);
    });
    this.live.resyncs.pipe(takeUntilDestroyed()).subscribe(() => {
      void this.load();
    });
    this.live.connections.pipe(takeUntilDestroyed()).subscribe(() => {
      if (this.progress() === 'failed') void this.load();
    });
  }

  show(filter: ConversationFilter): void {
    this.current.set(filter);
    void this.load();
  }

  /** Loads the list anew, as far down as it was loaded. */
  async load(): Promise<void> {
    const loaded = this.rows()?.length ?? 0;
    await this.fetch('loading', Math.min(Math.max(loaded, pageSize), maxPageSize));
  }

  async loadMore(): Promise<void> {
    const cursor = this.page()?.pageInfo.endCursor ?? null;
    if (!this.hasMore() || this.progress() !== 'ready' || cursor === null) return;
    await this.fetch('more', pageSize, cursor);
  }

  private async fetch(progress: 'loading' | 'more', first: number, after?: string): Promise<void> {
    const run = ++this.run;
    this.progress.set(progress);
    const variables = { first, filter: this.current(), ...(after === undefined ? {} : { after }) };
    try {
      await loadBesideEvents({
        events: this.live.events,
        load: () =>
          firstValueFrom(
            this.apollo.query({
              query: ConversationListDocument,
              variables,
              fetchPolicy: 'network-only',
            }),
          ),
        apply: () => undefined,
        reapply: (event) => {
          this.apply(event);
        },
      });
      if (run === this.run) this.progress.set('ready');
    } catch {
      // Told in the list, with a button to try again.
      if (run === this.run) this.progress.set('failed');
    }
  }

  private apply(event: LiveEvent): void {
    if (event.conversation !== null) {
      placeConversation(this.apollo.client.cache, event.conversation);
    }
  }
}
