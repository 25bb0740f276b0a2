import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  afterNextRender,
  afterRenderEffect,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import type { ElementRef } from '@angular/core';
import { SendQueue } from '../composer/send-queue';
import type { Outgoing } from '../composer/send-queue';
import { Icon } from '../ui/icon';
import { Now } from '../ui/now';
import { inDigits } from '../ui/numbers';
import { shownText } from '../ui/shown-text';
import { dayName } from '../ui/times';
import { Bubble } from './bubble';
import { rememberedBubbles } from './bubble-of';
import type { OutgoingAction } from './bubble';
import type { OpenChat } from './open-chat';
import { rowsOf } from './rows';
import { ScrollAnchor } from './scroll-anchor';

/** Pages are asked for this far before the reader gets there, in pixels. */
const loadAheadPx = 800;

/** The messages of a chat, as lines that stay in place while others come. */
@Component({
  selector: 'app-timeline',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Bubble, Icon],
  templateUrl: './timeline.html',
  styleUrl: './timeline.css',
})
export class Timeline {
  private readonly queue = inject(SendQueue);
  private readonly now = inject(Now);
  readonly chat = input.required<OpenChat>();
  readonly conversationId = input.required<string>();
  readonly customer = input.required<string>();
  readonly unreadFromId = input<string | null>(null);
  /** The message to open the chat at, when it was opened from a search. */
  readonly openAtId = input<string | null>(null);
  /** Whether the end of the chat is in view. */
  readonly atEnd = output<boolean>();
  /** An unsent text goes back to the composer. */
  readonly edit = output<string>();

  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly list = viewChild.required<ElementRef<HTMLElement>>('list');
  private readonly bubbleOf = rememberedBubbles();
  private anchor: ScrollAnchor | null = null;
  /** The first rows have been put in their place. */
  private isPlaced = false;
  protected readonly isAtEnd = signal(true);

  private readonly outgoing = computed(() =>
    this.queue.items().filter((item) => item.conversationId === this.conversationId()),
  );
  protected readonly rows = computed(() =>
    rowsOf({
      messages: this.chat().messages(),
      outgoing: this.chat().hasNewer() ? [] : this.outgoing(),
      bubbleOf: this.bubbleOf,
      unreadFromId: this.unreadFromId(),
    }),
  );
  protected readonly inDigits = inDigits;
  protected readonly missed = computed(() => this.chat().unseenArrivals().length);
  /** Said to a screen reader when a message comes while the chat is open. */
  protected readonly announcement = computed(() => {
    const message = this.chat().lastArrival();
    return message === null
      ? ''
      : $localize`${this.customer()}:customer:: ${shownText(message)}:text:`;
  });

  constructor() {
    // Before the rows are drawn; the other half runs after it.
    effect(() => {
      this.rows();
      this.anchor?.capture();
    });
    afterRenderEffect(() => {
      // Only after rows that were captured before: anything else would go back to where they were then.
      if (this.rows().length === 0) return;
      untracked(() => {
        this.settle();
      });
    });
    const destroyRef = inject(DestroyRef);
    afterNextRender(() => {
      const resizing = new ResizeObserver(() => {
        this.anchor?.resized();
      });
      resizing.observe(this.scroller().nativeElement);
      destroyRef.onDestroy(() => {
        resizing.disconnect();
      });
    });
  }

  protected nameOfDay(dayMs: number): string {
    return dayName(dayMs, this.now.value());
  }

  protected scrolled(): void {
    this.anchor?.scrolled();
    this.report();
    this.loadAhead();
  }

  private loadAhead(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller().nativeElement;
    const chat = this.chat();
    // What failed waits for its button.
    if (scrollTop < loadAheadPx && chat.older() !== 'failed') void chat.loadOlder();
    const leftPx = scrollHeight - scrollTop - clientHeight;
    if (leftPx < loadAheadPx && chat.newer() !== 'failed') void chat.loadNewer();
  }

  /** To the newest message, loading it first when a place further up was opened. */
  async goToEnd(): Promise<void> {
    await this.chat().goToEnd();
    this.anchor?.goToEnd();
    this.report();
  }

  protected act(action: OutgoingAction, key: string): void {
    const item: Outgoing | undefined = this.queue
      .items()
      .find(({ clientMessageId }) => clientMessageId === key);
    if (item === undefined) return;
    if (action === 'retry') {
      this.queue.retry(key);
      return;
    }
    if (action === 'edit') this.edit.emit(item.text);
    this.queue.discard(key);
  }

  private settle(): void {
    this.anchor ??= new ScrollAnchor(this.scroller().nativeElement, this.list().nativeElement);
    if (this.isPlaced) this.anchor.restore();
    else this.place(this.anchor);
    this.report();
    // A first page that does not fill the height leaves nothing to scroll for the next one.
    if (this.isPlaced) this.loadAhead();
  }

  /** The first time: to the place asked for, else to the unread line, else to the end. */
  private place(anchor: ScrollAnchor): void {
    this.isPlaced = true;
    const key = this.keyOfMessage(this.openAtId());
    if (key !== null && anchor.goTo(key, 0.4)) return;
    if (this.unreadFromId() !== null && anchor.goTo('unread', 0.15)) return;
    anchor.goToEnd();
  }

  private keyOfMessage(id: string | null): string | null {
    const message = this.chat()
      .messages()
      .find((other) => other.id === id);
    return message === undefined ? null : (message.clientMessageId ?? message.id);
  }

  private report(): void {
    const isAtEnd = (this.anchor?.isAtEnd() ?? true) && !this.chat().hasNewer();
    this.isAtEnd.set(isAtEnd);
    this.atEnd.emit(isAtEnd);
  }
}
