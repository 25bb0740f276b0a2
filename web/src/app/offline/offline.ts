import { Injectable, Injector, inject, signal } from '@angular/core';
import { LateApollo } from '../apollo/late-apollo';
import { LiveUpdates } from '../connection/live-updates';
import type { Beginning, LiveSource } from '../connection/live-updates';
import { Conversations } from '../conversation-list/conversations';
import { UnreadTotal } from '../conversation-list/unread-total';
import type { ChatWindow } from '../timeline/open-chat/chat-window';
import { inTime } from '../ui/in-time';
import type { OfflineOptions, OfflinePart } from './offline-part';

/** A browser may take its time with a damaged or locked database: what is kept is shown sooner, or not at all. */
const answerWithinMs = 1_500;

/** The way to what this browser keeps for times without a network; loaded beside the first page. */
@Injectable({ providedIn: 'root' })
export class Offline {
  private readonly injector = inject(Injector);
  private readonly part = signal<OfflinePart | null>(null);
  private loading: Promise<OfflinePart | null> | null = null;
  private readonly ready = signal(false);
  /** What was kept is there, or it is known that nothing is. */
  readonly isReady = this.ready.asReadonly();

  /** Shows what was kept, and says from where the events go on; null where they begin anew. */
  async restore(): Promise<Beginning | null> {
    const part = await this.load();
    const beginning = part === null ? null : await inTime(part.restore(), answerWithinMs);
    this.ready.set(true);
    return beginning;
  }

  /** The stream of events for all pages of this browser, over the connection of one of them. */
  async share(own: LiveSource, wake: () => void): Promise<LiveSource> {
    const part = await this.load();
    return part?.share(own, wake) ?? own;
  }

  /** The last messages of a chat, as far as they are known without asking the server. */
  endOf(conversationId: string): ChatWindow | null {
    return this.part()?.endOf(conversationId) ?? null;
  }

  /** The end of this chat was loaded. */
  shelve(conversationId: string, window: ChatWindow): void {
    this.part()?.shelve(conversationId, window);
  }

  /** Leaves none of it in this browser. */
  async forget(): Promise<void> {
    this.ready.set(false);
    const part = await this.load();
    if (part !== null) await inTime(part.forget(), answerWithinMs);
  }

  private options(): OfflineOptions {
    const { injector } = this;
    return {
      apollo: injector.get(LateApollo),
      conversations: injector.get(Conversations),
      injector,
      live: injector.get(LiveUpdates),
      unread: injector.get(UnreadTotal),
    };
  }

  private load(): Promise<OfflinePart | null> {
    this.loading ??= import('./offline-part').then(
      (module) => {
        const part = new module.OfflinePart(this.options());
        this.part.set(part);
        return part;
      },
      // Not served any more, or no connection: asked for again at the next occasion.
      () => {
        this.loading = null;
        return null;
      },
    );
    return this.loading;
  }
}
