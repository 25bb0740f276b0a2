import { computed, signal } from '@angular/core';
import type { Observable, Subscription } from 'rxjs';
import { loadBesideEvents } from '../connection/live-updates';
import type { LiveEvent } from '../connection/live-updates';
import { emptyWindow, withMessage, withNewer, withOlder } from './chat-window';
import type { ChatWindow, Message } from './chat-window';
import type { MessagePages, Place } from './message-pages';

export interface OpenChatOptions {
  readonly conversationId: string;
  readonly pages: Pick<MessagePages, 'latest' | 'around' | 'older' | 'newer'>;
  readonly events: Observable<LiveEvent>;
  readonly resyncs: Observable<void>;
  readonly connections: Observable<void>;
}

/** More than this is not kept while the end is in view: a chat may be open all day. */
const mostAtEnd = 400;

/** Shown above what is unread, so that it is read where it belongs. */
const linesBeforeUnread = 10;

type Progress = 'loading' | 'ready' | 'failed';

/** The messages of the chat that is open: loaded in pages, kept up to date by events. */
export class OpenChat {
  private readonly options: OpenChatOptions;
  private readonly loaded = signal<ChatWindow>(emptyWindow);
  private readonly progress = signal<Progress>('loading');
  private readonly olderProgress = signal<Progress>('ready');
  private readonly newerProgress = signal<Progress>('ready');
  private readonly arrivals = signal<readonly string[]>([]);
  private readonly newestArrival = signal<Message | null>(null);
  private readonly subscriptions: readonly Subscription[];
  private place: Place | null = null;
  /** So many messages at the least are loaded when the end is opened. */
  private wanted = 0;
  /** Counts whole loads: an answer to a former one is out of date. */
  private run = 0;
  private isReplacing = false;

  readonly messages = computed(() => this.loaded().messages);
  readonly state = this.progress.asReadonly();
  readonly older = this.olderProgress.asReadonly();
  readonly newer = this.newerProgress.asReadonly();
  readonly hasOlder = computed(() => this.loaded().olderCursor !== null);
  readonly hasNewer = computed(() => this.loaded().newerCursor !== null);
  /** Ids of the customer's messages that came while the chat is open and nobody has scrolled to yet. */
  readonly unseenArrivals = this.arrivals.asReadonly();
  /** The customer's newest message that came while the chat is open. */
  readonly lastArrival = this.newestArrival.asReadonly();

  constructor(options: OpenChatOptions) {
    this.options = options;
    this.subscriptions = [
      options.events.subscribe((event) => {
        this.receive(event);
      }),
      options.resyncs.subscribe(() => {
        void this.reload();
      }),
      options.connections.subscribe(() => {
        this.loadWhatFailed();
      }),
    ];
  }

  close(): void {
    this.run += 1;
    for (const subscription of this.subscriptions) subscription.unsubscribe();
  }

  /** Opens a place inside the chat, or its end with all that is unread there. */
  async open(place: Place | null, unreadCount = 0): Promise<void> {
    this.place = place;
    this.wanted = unreadCount + linesBeforeUnread;
    await this.reload();
  }

  /** Loads anew what is open, as much of it as was loaded. */
  async reload(): Promise<void> {
    const { conversationId, pages } = this.options;
    const { place } = this;
    await this.replace(() =>
      place === null
        ? pages.latest(conversationId, Math.max(this.wanted, this.messages().length))
        : pages.around(conversationId, place),
    );
  }

  async goToEnd(): Promise<void> {
    if (!this.hasNewer()) return;
    await this.open(null);
  }

  async loadOlder(): Promise<void> {
    const cursor = this.loaded().olderCursor;
    if (cursor === null || this.olderProgress() === 'loading') return;
    const { conversationId, pages } = this.options;
    await this.loadPage(this.olderProgress, () => pages.older(conversationId, cursor), withOlder);
  }

  async loadNewer(): Promise<void> {
    const cursor = this.loaded().newerCursor;
    if (cursor === null || this.newerProgress() === 'loading') return;
    const { conversationId, pages } = this.options;
    await this.loadPage(this.newerProgress, () => pages.newer(conversationId, cursor), withNewer);
  }

  /** The end of the chat is in view. */
  sawEnd(): void {
    if (this.arrivals().length > 0) this.arrivals.set([]);
    if (this.messages().length > mostAtEnd && !this.isReplacing) void this.shorten();
  }

  /** A message of ours, as the answer to sending it tells; events tell of it from then on. */
  addOwn(message: Message): void {
    if (this.messages().some(({ id }) => id === message.id)) return;
    this.loaded.update((window) => withMessage(window, message));
  }

  /** Lets go of what lies far above: whoever scrolls up loads it again. */
  private async shorten(): Promise<void> {
    await this.replace(() => this.options.pages.latest(this.options.conversationId));
  }

  private loadWhatFailed(): void {
    if (this.progress() === 'failed') void this.reload();
    if (this.olderProgress() === 'failed') void this.loadOlder();
    if (this.newerProgress() === 'failed') void this.loadNewer();
  }

  private async replace(load: () => Promise<ChatWindow>): Promise<void> {
    const run = ++this.run;
    this.isReplacing = true;
    if (this.messages().length === 0) this.progress.set('loading');
    await this.guarded(this.progress, run, () => this.load(load, (window) => window, run));
    if (run === this.run) this.isReplacing = false;
  }

  private async loadPage<Page>(
    progress: typeof this.progress,
    load: () => Promise<Page>,
    join: (window: ChatWindow, page: Page) => ChatWindow,
  ): Promise<void> {
    const run = this.run;
    progress.set('loading');
    await this.guarded(progress, run, () =>
      this.load(load, (page) => join(this.loaded(), page), run),
    );
  }

  private async load<Page>(
    load: () => Promise<Page>,
    join: (page: Page) => ChatWindow,
    run: number,
  ): Promise<void> {
    await loadBesideEvents({
      events: this.options.events,
      load,
      apply: (page) => {
        if (run === this.run) this.loaded.set(join(page));
      },
      reapply: (event) => {
        if (run === this.run) this.apply(event);
      },
    });
  }

  private async guarded(
    progress: typeof this.progress,
    run: number,
    work: () => Promise<void>,
  ): Promise<void> {
    let result: Progress = 'ready';
    try {
      await work();
    } catch {
      // Told where the messages would be, with a button to try again.
      result = 'failed';
    }
    // A whole load that began meanwhile replaces what this one was for.
    if (run === this.run || progress !== this.progress) progress.set(result);
  }

  private receive(event: LiveEvent): void {
    const isNew = event.type === 'MESSAGE_ADDED' && this.isOurs(event);
    this.apply(event);
    const { message } = event;
    if (!isNew || message?.direction !== 'INBOUND' || !isShown(message)) return;
    this.newestArrival.set(message);
    this.arrivals.update((ids) => (ids.includes(message.id) ? ids : [...ids, message.id]));
  }

  private apply(event: LiveEvent): void {
    const { message } = event;
    if (message === null || !this.isOurs(event)) return;
    this.loaded.update((window) => withMessage(window, message));
  }

  private isOurs(event: LiveEvent): boolean {
    return event.message?.conversation.id === this.options.conversationId;
  }
}

/** Reactions show on the message that they are for. */
function isShown(message: Message): boolean {
  return message.type !== 'REACTION' && message.type !== 'SYSTEM';
}
