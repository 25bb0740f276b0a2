import { effect, untracked } from '@angular/core';
import type { Injector } from '@angular/core';
import type { ApolloCache } from '@apollo/client';
import { merge } from 'rxjs';
import { cachedConversation, keepConversation } from '../apollo/keep-conversation';
import type { LateApollo } from '../apollo/late-apollo';
import type { Beginning, LiveSource, LiveUpdates } from '../connection/live-updates';
import type { Conversations } from '../conversation-list/conversations';
import type { UnreadTotal } from '../conversation-list/unread-total';
import { InboxEventsDocument } from '../graphql/graphql';
import type { ConversationPartsFragment } from '../graphql/graphql';
import { shareLive } from '../one-socket/share-live';
import type { SharedLive } from '../one-socket/share-live';
import { Session } from '../sign-in/session';
import type { ChatWindow } from '../timeline/open-chat/chat-window';
import { Now } from '../ui/now';
import { whenIdle } from '../ui/when-idle';
import { ChatShelf } from './chat-shelf';
import { InboxDatabase } from './inbox-database';
import type { WriteRequest } from './inbox-database';
import { forgetApp, keepApp } from './kept-app';
import { most } from './kept-inbox';
import type { KeptChat, KeptInbox } from './kept-inbox';
import { Keeper } from './keeper';
import { shelveNewest } from './newest-chats';
import { hasSessionSign } from './session-sign';
import { shapeOf } from './shape-of';
import { ShelfChannel } from './shelf-channel';

/** Catching up with more than this takes longer than loading anew. The server's log reaches back further. */
const resumeWithinMs = 60 * 60_000;
/** First the page has what it shows. */
const fetchAfterMs = 4_000;

/** What it keeps; given to it, so that a part that is loaded later shares little with the first page. */
export interface OfflineOptions {
  readonly apollo: LateApollo;
  readonly conversations: Conversations;
  readonly injector: Injector;
  readonly live: LiveUpdates;
  readonly unread: UnreadTotal;
}

/** What works without a network: the newest chats and their last messages, kept in this browser. */
export class OfflinePart {
  private readonly apollo: LateApollo;
  private readonly conversations: Conversations;
  private readonly live: LiveUpdates;
  private readonly session: Session;
  private readonly unread: UnreadTotal;
  private readonly shape = shapeOf(InboxEventsDocument);
  private readonly shelf = new ChatShelf();
  private readonly keeper: Keeper;
  private readonly others: ShelfChannel;
  private shared: SharedLive | null = null;
  private isAppKept = false;
  /** What is kept began behind a key: it stays so when the session ends while the page is open. */
  private wasBehindKey = false;
  private hadSign = false;
  /** Counts how often what is known began anew. */
  private run = 0;

  constructor({ apollo, conversations, injector, live, unread }: OfflineOptions) {
    this.apollo = apollo;
    this.conversations = conversations;
    this.live = live;
    this.session = injector.get(Session);
    this.unread = unread;
    this.keeper = new Keeper({
      database: new InboxDatabase(this.shape),
      take: () => this.take(),
      isWriter: () => this.isLeader(),
      maySee: ({ needsSession }) => !needsSession || hasSessionSign(),
      now: () => Date.now(),
      whenIdle: (work) => void whenIdle().then(work),
    });
    this.others = new ShelfChannel(this.shape, ({ conversationId, window }) => {
      // A page that takes part in no events could not keep it current. Whoever leads next has it, too.
      if (this.live.place().after === null) return;
      this.shelf.putOfOther(conversationId, window);
      this.keeper.changed();
    });
    this.live.events.subscribe((event) => {
      this.shelf.apply(event);
    });
    // It may lead from now on: what the page before it has not written yet is due.
    this.live.connections.subscribe(() => {
      this.keeper.changed();
    });
    merge(this.live.resyncs, this.live.beginnings).subscribe(() => {
      this.beginAnew();
    });
    this.watch(injector);
  }

  /** One connection for all pages of the browser. */
  share(own: LiveSource, wake: () => void): LiveSource {
    this.shared ??= shareLive({ own, shape: this.shape, wake });
    return this.shared.source;
  }

  /** Shows what was kept, and says from where the events go on; null where they begin anew. */
  async restore(): Promise<Beginning | null> {
    const { run } = this;
    const kept = await this.keeper.start();
    // The events may have begun without it.
    if (kept === null || run !== this.run) return null;
    const { cursor, asOfMs, needsSession } = kept;
    this.wasBehindKey = needsSession;
    const goesOn = Date.now() - asOfMs < resumeWithinMs;
    this.show(kept, goesOn);
    return { after: goesOn ? cursor : null, asOfMs };
  }

  endOf(conversationId: string): ChatWindow | null {
    return this.shelf.get(conversationId);
  }

  shelve(conversationId: string, window: ChatWindow): void {
    this.shelf.put(conversationId, window);
    this.others.tell({ conversationId, window });
    this.keeper.changed();
  }

  async forget(): Promise<void> {
    this.isAppKept = false;
    this.wasBehindKey = false;
    this.run += 1;
    this.shelf.clear();
    await Promise.all([this.keeper.forget(), forgetApp()]);
  }

  private watch(injector: Injector): void {
    effect(
      () => {
        this.conversations.rows();
        this.unread.value();
        untracked(() => {
          this.keeper.changed();
        });
      },
      { injector },
    );
    effect(
      () => {
        if (this.isAppKept || this.live.state() !== 'live') return;
        this.isAppKept = true;
        void whenIdle().then(() => keepApp());
      },
      { injector },
    );
    const { value: now } = injector.get(Now);
    effect(
      () => {
        now();
        if (this.live.state() !== 'live') this.endWithSign();
      },
      { injector },
    );
    const flush = (): void => {
      this.keeper.flush();
    };
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flush);
  }

  /** Without the server, the sign alone tells that the session is over. */
  private endWithSign(): void {
    const hasSign = hasSessionSign();
    if (this.hadSign && !hasSign) this.session.expire();
    this.hadSign = hasSign;
  }

  private isLeader(): boolean {
    return this.shared?.isLeader() ?? true;
  }

  /** Something may have been missed: what is on the shelf does not lead to what comes. */
  private beginAnew(): void {
    this.run += 1;
    this.shelf.clear();
    const { run } = this;
    const isStillWanted = (): boolean => run === this.run && this.isLeader();
    setTimeout(() => {
      void whenIdle().then(() => {
        if (!isStillWanted() || this.live.state() !== 'live') return;
        void shelveNewest(this.apollo, this.shelf, isStillWanted).then((loaded) => {
          for (const chat of loaded) this.others.tell(chat);
          this.keeper.changed();
        });
      });
    }, fetchAfterMs);
  }

  private show({ conversations, unreadTotal, chats }: KeptInbox, goesOn: boolean): void {
    for (const { id, messages, olderCursor } of chats) {
      this.shelf.put(id, { messages, olderCursor, newerCursor: null });
    }
    void this.remember(chats.map(({ conversation }) => conversation));
    this.conversations.restore(conversations, goesOn);
    this.unread.restore(unreadTotal);
  }

  /** For those who open one that the list does not reach down to. */
  private async remember(conversations: readonly ConversationPartsFragment[]): Promise<void> {
    try {
      const { cache } = await this.apollo.client();
      // What is there was heard in this page: a chat may be opened before what is kept is read.
      for (const conversation of conversations)
        if (cachedConversation(cache, conversation.id) === null)
          keepConversation(cache, conversation);
    } catch {
      // Apollo could not be loaded: without it no chat opens anyway.
    }
  }

  private take(): WriteRequest | null {
    const { after, asOfMs } = this.live.place();
    const conversations = this.conversations.complete();
    const { cache } = this.apollo;
    // Without Apollo nothing was heard that is newer than what is kept.
    if (after === null || conversations === null || cache === null) return null;
    const kept: KeptInbox = {
      cursor: after,
      asOfMs,
      needsSession: this.isBehindKey(),
      conversations: conversations.slice(0, most.conversations),
      unreadTotal: this.unread.value(),
      chats: this.shelf.all().flatMap((entry) => this.keptChat(cache, entry)),
    };
    return { kept, changed: this.shelf.takeChanged() };
  }

  /** The sign goes with the session, and one that an older server began has none: what is known otherwise counts, too. */
  private isBehindKey(): boolean {
    this.wasBehindKey ||= hasSessionSign() || this.session.canSignOut();
    return this.wasBehindKey;
  }

  private keptChat(
    cache: ApolloCache,
    [id, { messages, olderCursor }]: readonly [string, ChatWindow],
  ): KeptChat[] {
    const conversation = this.conversations.known(id) ?? cachedConversation(cache, id);
    return conversation === null ? [] : [{ id, conversation, messages, olderCursor }];
  }
}
