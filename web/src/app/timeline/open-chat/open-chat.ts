import { computed, signal } from '@angular/core';
import type { Observable, Subscription } from 'rxjs';
import { loadBesideEvents } from '../../connection/live-updates';
import type { LiveEvent } from '../../connection/live-updates';
import { unreadFrom } from '../rows';
import { emptyWindow, withMessage, withNewer, withOlder, withoutOldest } from './chat-window';
import type { ChatWindow, Message } from './chat-window';
import type { MessagePages, Place } from './message-pages';

export interface OpenChatOptions {
  readonly conversationId: string;
  readonly pages: Pick<MessagePages, 'latest' | 'around' | 'atTime' | 'older' | 'newer'>;
  readonly events: Observable<LiveEvent>;
  readonly resyncs: Observable<void>;
  readonly connections: Observable<void>;
  /** Told of what is loaded of the end of the chat. */
  readonly shelve?: (window: ChatWindow) => void;
}

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
  /** Where it was opened, or is read; null at its end. */
  private place: Place | null = null;
  private isOpened = false;
  private readonly unreadFrom = signal<string | null>(null);
  private readonly kept = signal(false);
  /** Counts whole loads: an answer to a former one is out of date. */
  private run = 0;

  readonly messages = computed(() => this.loaded().messages);
  /** The message above which the line "unread" stands; it stays there while they are read. */
  readonly unreadFromId = this.unreadFrom.asReadonly();
  readonly state = this.progress.asReadonly();
  /** What is shown was kept in this browser, and the server has not been heard yet. */
  readonly isKept = this.kept.asReadonly();
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

  /** Opens a place inside the chat, or else the first unread message, or else its end. */
  async open(place: Place | null): Promise<void> {
    this.place = place;
    this.isOpened = false;
    await this.replace(() => this.opened(place));
  }

  /** Shows what this browser kept of the end, until the server is heard. */
  showKept(window: ChatWindow, unreadCount: number): void {
    const newest = window.messages.at(-1);
    if (this.isOpened || this.place !== null || newest === undefined) return;
    this.isOpened = true;
    this.kept.set(true);
    this.loaded.set(window);
    if (this.progress() === 'loading') this.progress.set('ready');
    this.unreadFrom.set(unreadFrom(window.messages, { count: unreadCount, upToId: newest.id }));
  }

  /** Loads the messages around a place, unless it is loaded. */
  async goToPlace(place: Place): Promise<void> {
    if (this.messages().some(({ id }) => id === place.messageId)) return;
    this.place = place;
    await this.replace(() => this.stretch(place));
  }

  /** Loads the messages around a time; the id of the first one from then on, or of the last before. */
  async goToTime(time: Date): Promise<string | null> {
    let found: string | null = null;
    await this.replace(async () => {
      const { window, first } = await this.options.pages.atTime(this.options.conversationId, time);
      found = first?.id ?? null;
      this.place = first === null ? null : { messageId: first.id, cursor: first.cursor };
      return window;
    });
    return found;
  }

  /** Where the reader is: at this message, or null at the end. */
  readingAt(messageId: string | null): void {
    if (messageId === this.place?.messageId) return;
    const message = this.messages().find(({ id }) => id === messageId);
    this.place = message === undefined ? null : { messageId: message.id, cursor: message.cursor };
  }

  /** Loads anew what is open, around where it is read. */
  async reload(): Promise<void> {
    const { place } = this;
    if (this.isOpened) await this.replace(() => this.stretch(place));
    else await this.open(place);
  }

  async goToEnd(): Promise<void> {
    this.place = null;
    if (this.hasNewer()) await this.replace(() => this.stretch(null));
  }

  /** Draws the line "unread" above the last ones that came, so many of them. */
  markUnread(count: number): void {
    const newest = this.messages().at(-1);
    if (newest === undefined || this.hasNewer()) return;
    this.unreadFrom.set(unreadFrom(this.messages(), { count, upToId: newest.id }));
  }

  forgetUnread(): void {
    this.unreadFrom.set(null);
  }

  private async opened(place: Place | null): Promise<ChatWindow> {
    const { conversationId, pages } = this.options;
    const run = this.run;
    const latest = place === null ? await pages.latest(conversationId) : null;
    const unread = latest?.firstUnread ?? null;
    const isNear = latest?.window.messages.some(({ id }) => id === unread?.messageId) === true;
    // What was kept is being read already: it stays where it is.
    const start = place ?? (isNear || this.isOpened ? null : unread);
    const window = start === null && latest !== null ? latest.window : await this.stretch(start);
    if (run !== this.run) return window;
    this.isOpened = true;
    this.unreadFrom.set(unread?.messageId ?? null);
    return window;
  }

  private async stretch(place: Place | null): Promise<ChatWindow> {
    const { conversationId, pages } = this.options;
    if (place !== null) return pages.around(conversationId, place);
    return (await pages.latest(conversationId, this.messages().length)).window;
  }

  async loadOlder(): Promise<void> {
    const cursor = this.loaded().olderCursor;
    if (cursor === null || this.olderProgress() === 'loading') return;
    const { conversationId, pages } = this.options;
    await this.loadPage(
      this.olderProgress,
      () => pages.older(conversationId, cursor),
      // What it leads to may have been let go of meanwhile: it is asked for again from where they begin then.
      (window, page) => (window.olderCursor === cursor ? withOlder(window, page) : window),
    );
  }

  async loadNewer(): Promise<void> {
    const cursor = this.loaded().newerCursor;
    if (cursor === null || this.newerProgress() === 'loading') return;
    const { conversationId, pages } = this.options;
    await this.loadPage(
      this.newerProgress,
      () => pages.newer(conversationId, cursor),
      (window, page) => (window.newerCursor === cursor ? withNewer(window, page) : window),
    );
  }

  /** The end of the chat is in view. */
  sawEnd(): void {
    if (this.arrivals().length > 0) this.arrivals.set([]);
    // A chat may be open all day.
    this.loaded.update(withoutOldest);
  }

  /** A message of ours, as the answer to sending it tells; events tell of it from then on. */
  addOwn(message: Message): void {
    if (this.messages().some(({ id }) => id === message.id)) return;
    this.loaded.update((window) => withMessage(window, message));
  }

  private loadWhatFailed(): void {
    if (this.progress() === 'failed') void this.reload();
    if (this.olderProgress() === 'failed') void this.loadOlder();
    if (this.newerProgress() === 'failed') void this.loadNewer();
  }

  private async replace(load: () => Promise<ChatWindow>): Promise<void> {
    const run = ++this.run;
    if (this.messages().length === 0) this.progress.set('loading');
    await this.guarded(this.progress, run, () => this.load(load, (window) => window, run));
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
    if (run !== this.run) return;
    this.kept.set(false);
    this.options.shelve?.(this.loaded());
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
