import { DestroyRef, Injectable, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { merge } from 'rxjs';
import type { Subscription } from 'rxjs';
import { InboxApollo } from '../apollo/inbox-apollo';
import { keepConversation } from '../apollo/keep-conversation';
import { Conversations } from '../conversation-list/conversations';
import { LiveUpdates, loadBesideEvents } from '../connection/live-updates';
import type { LiveEvent } from '../connection/live-updates';
import { ConversationDetailsDocument, MarkConversationReadDocument } from '../graphql/graphql';
import type { ConversationPartsFragment } from '../graphql/graphql';

/** The conversation that is open: from the list at once, from the server as it is now. */
@Injectable()
export class ConversationDetails {
  private readonly client = inject(InboxApollo).client;
  private readonly list = inject(Conversations);
  private readonly live = inject(LiveUpdates);
  private readonly destroyRef = inject(DestroyRef);
  private readonly known = signal<ConversationPartsFragment | null>(null);
  private readonly progress = signal<'loading' | 'ready' | 'failed' | 'missing'>('loading');
  private watching: Subscription | null = null;
  private id = '';

  readonly conversation = this.known.asReadonly();
  readonly state = computed(() => (this.known() === null ? this.progress() : 'ready'));

  constructor() {
    merge(this.live.resyncs, this.live.beginnings)
      .pipe(takeUntilDestroyed())
      .subscribe(() => {
        if (this.id !== '') void this.load();
      });
    this.live.connections.pipe(takeUntilDestroyed()).subscribe(() => {
      if (this.progress() === 'failed') void this.load();
    });
    this.live.events.pipe(takeUntilDestroyed()).subscribe((event) => {
      this.apply(event);
    });
    this.destroyRef.onDestroy(() => this.watching?.unsubscribe());
  }

  open(id: string): void {
    this.id = id;
    this.watching?.unsubscribe();
    const listed = this.list.known(id);
    if (listed !== null) keepConversation(this.client.cache, listed);
    this.watching = this.client
      .watchQuery({
        query: ConversationDetailsDocument,
        variables: { id },
        fetchPolicy: 'cache-only',
      })
      .subscribe(({ data, dataState }) => {
        this.known.set(dataState === 'complete' ? data.conversation : null);
      });
    void this.load();
  }

  /** Asks for the conversation as it is now: its window closes without an event. */
  async load(): Promise<void> {
    this.progress.set('loading');
    try {
      await loadBesideEvents({
        events: this.live.events,
        load: () =>
          this.client.query({
            query: ConversationDetailsDocument,
            variables: { id: this.id },
            fetchPolicy: 'network-only',
          }),
        apply: ({ data }) => {
          this.progress.set(data?.conversation == null ? 'missing' : 'ready');
        },
        reapply: (event) => {
          this.apply(event);
        },
      });
    } catch {
      // Told in place of the chat, with a button to try again.
      this.progress.set('failed');
    }
  }

  async markRead(upToMessageId: string): Promise<boolean> {
    try {
      await loadBesideEvents({
        events: this.live.events,
        load: () =>
          this.client.mutate({
            mutation: MarkConversationReadDocument,
            variables: { conversationId: this.id, upToMessageId },
          }),
        apply: () => undefined,
        reapply: (event) => {
          this.apply(event);
        },
      });
      return true;
    } catch {
      // The read marker asks again.
      return false;
    }
  }

  private apply({ conversation }: LiveEvent): void {
    if (conversation?.id === this.id) keepConversation(this.client.cache, conversation);
    // It is told under another id from now on.
    else if (conversation?.formerIds.includes(this.id) === true) this.known.set(conversation);
  }
}
