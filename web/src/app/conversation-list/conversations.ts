import { Injectable, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { LateApollo } from '../apollo/late-apollo';
import { LiveUpdates, loadBesideEvents } from '../connection/live-updates';
import type { LiveEvent } from '../connection/live-updates';
import type { ConversationFilter, ConversationPartsFragment } from '../graphql/graphql';
import { FirstAnswer } from '../inbox/first-answer';
import { emptyList, withChange, withPage } from './loaded-list';
import type { LoadedList } from './loaded-list';

const firstPageSize = 50;
/** Rows are scrolled through faster than pages come: the server's largest page. */
const pageSize = 200;
/** Of what was kept it is not known where it goes on: the whole list is loaded first. */
const afterKept = 'kept';

/**
 * The list of conversations for one filter at a time, kept in order as events come in. Kept here rather than in Apollo's cache, which takes
 * seconds for each event when thousands are loaded.
 */
@Injectable({ providedIn: 'root' })
export class Conversations {
  private readonly apollo = inject(LateApollo);
  private readonly first = inject(FirstAnswer);
  private readonly live = inject(LiveUpdates);
  private readonly current = signal<ConversationFilter>({});
  /** The list of the present filter, and those that are shown at once when their filter is back. */
  private readonly lists = signal<ReadonlyMap<string, LoadedList>>(new Map());
  private readonly progress = signal<'loading' | 'more' | 'ready' | 'failed'>('loading');
  private run = 0;
  /** Nothing was missed since all chats were loaded. */
  private isComplete = false;
  private readonly kept = signal(false);

  readonly filter = this.current.asReadonly();
  readonly state = this.progress.asReadonly();
  /** What is shown was kept in this browser, and the server has not been heard yet. */
  readonly isKept = this.kept.asReadonly();
  private readonly list = computed(() => this.lists().get(keyOf(this.current())) ?? null);
  /** Null while nothing is known yet. */
  readonly rows = computed(() => this.list()?.items ?? null);
  readonly hasMore = computed(() => (this.list()?.nextCursor ?? null) !== null);
  readonly canLoadMore = computed(() => this.hasMore() && this.progress() === 'ready');

  constructor() {
    this.live.events.pipe(takeUntilDestroyed()).subscribe((event) => {
      this.apply(event);
    });
    this.live.resyncs.pipe(takeUntilDestroyed()).subscribe(() => {
      this.isComplete = false;
      void this.load();
    });
    this.live.connections.pipe(takeUntilDestroyed()).subscribe(() => {
      if (this.progress() === 'failed') void this.load();
    });
  }

  show(filter: ConversationFilter): void {
    this.current.set(filter);
    this.lists.update((lists) => withoutSearches(lists));
    void this.fetch('loading', () => this.loadFirst(firstPageSize));
  }

  /** Loads the list anew, as far down as it was loaded. */
  async load(): Promise<void> {
    const loaded = this.rows()?.length ?? 0;
    await this.fetch('loading', () => this.loadFirst(Math.max(loaded, firstPageSize)));
  }

  async loadMore(): Promise<void> {
    const list = this.list();
    if (list === null || !this.canLoadMore()) return;
    await this.fetch('more', async () => withPage(list, await this.ask(list, pageSize)));
  }

  /** As far as a list has brought it. */
  known(id: string): ConversationPartsFragment | null {
    for (const { items } of this.lists().values()) {
      const found = items.find((conversation) => conversation.id === id);
      if (found !== undefined) return found;
    }
    return null;
  }

  /** All chats from the newest on, as far down as they are loaded; null while something may be missing. */
  complete(): readonly ConversationPartsFragment[] | null {
    return this.isComplete ? (this.lists().get(keyOf({}))?.items ?? null) : null;
  }

  /** Shows what this browser kept, until the server is heard; whether the events go on from there. */
  restore(items: readonly ConversationPartsFragment[], goesOn: boolean): void {
    if (this.lists().has(keyOf({}))) return;
    this.isComplete = goesOn;
    this.kept.set(true);
    this.keep({ filter: {}, items, nextCursor: afterKept });
  }

  /** So many from the beginning. */
  private async loadFirst(wanted: number): Promise<LoadedList> {
    let list = emptyList(this.current());
    const first = keyOf(list.filter) === keyOf({}) ? await this.first.takeChats() : null;
    if (first !== null) return withPage(list, first);
    for (let left = wanted; left > 0; left -= pageSize) {
      list = withPage(list, await this.ask(list, Math.min(left, pageSize)));
      if (list.nextCursor === null) break;
    }
    return list;
  }

  private async ask({ filter, nextCursor }: LoadedList, first: number) {
    const { conversations } = await this.apollo.query((of) => of.ConversationListDocument, {
      first,
      filter,
      after: nextCursor,
    });
    return conversations;
  }

  private async fetch(
    progress: 'loading' | 'more',
    load: () => Promise<LoadedList>,
  ): Promise<void> {
    const run = ++this.run;
    this.progress.set(progress);
    try {
      await loadBesideEvents({
        events: this.live.events,
        load,
        apply: (list) => {
          if (run === this.run) this.take(list);
        },
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

  private take(list: LoadedList): void {
    this.keep(list);
    if (keyOf(list.filter) !== keyOf({})) return;
    this.isComplete = true;
    this.kept.set(false);
  }

  private keep(list: LoadedList): void {
    this.lists.update((lists) => new Map([...lists, [keyOf(list.filter), list]]));
  }

  private apply({ conversation }: LiveEvent): void {
    if (conversation === null) return;
    for (const list of this.lists().values()) {
      const changed = withChange(list, conversation);
      if (changed !== list) this.keep(changed);
    }
  }
}

function keyOf({ search, unreadOnly }: ConversationFilter): string {
  return JSON.stringify([search ?? '', unreadOnly === true]);
}

function withoutSearches(lists: ReadonlyMap<string, LoadedList>): ReadonlyMap<string, LoadedList> {
  return new Map([...lists].filter(([, { filter }]) => (filter.search ?? '') === ''));
}
