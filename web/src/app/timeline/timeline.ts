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
import { SendQueue } from '../sending/send-queue';
import type { Outgoing } from '../sending/send-queue';
import { Icon } from '../ui/icon';
import { Now } from '../ui/now';
import { inDigits } from '../ui/numbers';
import { dateFieldValue, dayName } from '../ui/times';
import { Bubble } from './bubble/bubble';
import { rememberedBubbles } from './bubble/bubble-of';
import type { OutgoingAction } from './bubble/bubble';
import { dayInView } from './day-in-view';
import type { DayInView } from './day-in-view';
import type { Place } from './open-chat/message-pages';
import { isNewestInView } from './newest-in-view';
import type { OpenChat } from './open-chat/open-chat';
import { estimatedHeightPx } from './row-height';
import { previewText } from '../message-text/preview-text';
import { rowsOf } from './rows';
import type { Row } from './rows';
import { WindowedRows } from './windowed/windowed-rows';

/** Pages are asked for this far before the reader gets there, in pixels. */
const loadAheadPx = 3000;
/** Rows are drawn this far beyond the view, in pixels. */
const overscanPx = 500;
/** Room before the first row, where "Loading older messages" stands, or nothing; and after the last. */
const roomPx = { older: 56, start: 12, end: 14 };

/** At which share of the height it is shown what one goes to, so that what is before it is seen as well. */
const [jumpShare, unreadShare, dayShare] = [0.4, 0.15, 0.12];

interface Goal {
  readonly messageId: string;
  readonly share: number;
  readonly isPointedOut: boolean;
}

/** The messages of a chat: lines that stay in place while others come, drawn where they are in view. */
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
  /** The message to open the chat at, when it was opened from a search. */
  readonly openAtId = input<string | null>(null);
  /** Whether the end of the chat is in view. */
  readonly atEnd = output<boolean>();
  /** Whether the customer's newest message can be seen, though the end of the chat may lie further down. */
  readonly newestInView = output<boolean>();
  /** An unsent message goes back to the composer. */
  readonly edit = output<Outgoing>();

  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly list = viewChild.required<ElementRef<HTMLElement>>('list');
  private readonly bubbleOf = rememberedBubbles();
  private readonly windowed = new WindowedRows<Row>({
    estimatePx: estimatedHeightPx,
    // The line of a day moves up when older messages of that day come.
    isSteady: ({ kind }) => kind !== 'day',
    overscanPx,
  });
  /** Brought into view once it is drawn: at first a message or the line "unread", later a message. */
  private readonly goal = signal<Goal | null>(null);
  private isPlaced = false;
  /** The message that is pointed out for a moment. */
  protected readonly targetId = signal<string | null>(null);
  protected readonly isAtEnd = signal(true);
  protected readonly day = signal<DayInView | null>(null, {
    equal: (a, b) => a?.key === b?.key && a?.pushedPx === b?.pushedPx,
  });

  private readonly outgoing = computed(() =>
    this.queue.items().filter((item) => item.conversationId === this.conversationId()),
  );
  protected readonly rows = computed(() =>
    rowsOf({
      messages: this.chat().messages(),
      outgoing: this.chat().hasNewer() ? [] : this.outgoing(),
      bubbleOf: this.bubbleOf,
      unreadFromId: this.chat().unreadFromId(),
    }),
  );
  protected readonly inDigits = inDigits;
  protected readonly drawnRows = computed(() => {
    const { from, to } = this.windowed.range();
    return this.rows().slice(from, to);
  });
  protected readonly missed = computed(() => this.chat().unseenArrivals().length);
  /** Said to a screen reader when a message comes while the chat is open; the same words again are another message. */
  protected readonly announced = computed(() => {
    const message = this.chat().lastArrival();
    if (message === null) return [];
    const text = $localize`${this.customer()}:customer:: ${previewText(message)}:text:`;
    return [{ id: message.id, text }];
  });

  constructor() {
    // Before the rows are drawn; the other half runs after it.
    effect(() => {
      const rows = this.rows();
      const goal = this.goal();
      const startPx = this.chat().hasOlder() ? roomPx.older : roomPx.start;
      const hasEnd = !this.chat().hasNewer();
      untracked(() => {
        this.windowed.setRows(rows, { startPx, endPx: roomPx.end, hasEnd });
        if (!this.isPlaced && rows.length > 0) this.place();
        if (goal !== null) this.reach(goal);
      });
    });
    afterRenderEffect(() => {
      this.drawnRows();
      untracked(() => {
        this.windowed.drawn();
        this.moved();
      });
    });
    const destroyRef = inject(DestroyRef);
    afterNextRender(() => {
      const elements = { scroller: this.scroller().nativeElement, list: this.list().nativeElement };
      this.windowed.attach(elements, () => {
        this.moved();
      });
      destroyRef.onDestroy(() => {
        this.windowed.detach();
      });
    });
  }

  protected readonly today = computed(() => dateFieldValue(this.now.value()));

  protected nameOfDay(dayMs: number): string {
    return dayName(dayMs, this.now.value());
  }

  protected scrolled(): void {
    // Whoever reads on where a jump has failed is not taken there later.
    if (this.chat().state() === 'failed') this.goal.set(null);
    this.windowed.scrolled();
    this.moved();
  }

  /** To the newest message, loading it first when a place further up was opened. */
  async goToEnd(): Promise<void> {
    this.goal.set(null);
    await this.chat().goToEnd();
    this.windowed.goTo('end');
    this.moved();
  }

  /** To a message, loading what is around it when it is not there; it is pointed out for a moment. */
  protected async goToMessage(place: Place): Promise<void> {
    this.targetId.set(null);
    this.goal.set({ messageId: place.messageId, share: jumpShare, isPointedOut: true });
    await this.chat().goToPlace(place);
  }

  protected openCalendar(field: HTMLInputElement, dayMs: number): void {
    field.value = dateFieldValue(dayMs);
    field.showPicker();
  }

  /** To the first message of a day, or of the next one that has any. */
  protected async goToDay(field: HTMLInputElement): Promise<void> {
    const time = field.valueAsDate === null ? null : new Date(`${field.value}T00:00`);
    if (time === null) return;
    const messageId = await this.chat().goToTime(time);
    if (messageId === null) return;
    this.goal.set({ messageId, share: dayShare, isPointedOut: false });
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
    if (action === 'edit') this.edit.emit(item);
    this.queue.discard(key);
  }

  /** The first time: to the place asked for, else to the unread line, else to the end. */
  private place(): void {
    this.isPlaced = true;
    const messageId = this.openAtId();
    if (messageId === null) this.windowed.goTo({ key: 'unread', share: unreadShare });
    else this.reach({ messageId, share: jumpShare, isPointedOut: true });
  }

  /** As soon as it is loaded. A reaction has no row of its own: the next message that has one is it then. */
  private reach({ messageId, share, isPointedOut }: Goal): void {
    const messages = this.chat().messages();
    const at = messages.findIndex(({ id }) => id === messageId);
    if (at < 0) return;
    const near = [...messages.slice(at), ...messages.slice(0, at).reverse()];
    near.find(({ clientMessageId, id }) =>
      this.windowed.goTo({ key: clientMessageId ?? id, share }),
    );
    this.goal.set(null);
    if (isPointedOut) this.targetId.set(messageId);
  }

  /** The view shows something else than before. */
  private moved(): void {
    const chat = this.chat();
    const rows = this.rows();
    // Before anything is loaded, nobody is at the end of it.
    if (rows.length === 0) return;
    const isAtEnd = this.windowed.isAtEnd();
    const { index, topOf, viewPx } = this.windowed.rowAt(0);
    this.isAtEnd.set(isAtEnd);
    this.day.set(dayInView({ rows, index, topOf }));
    chat.readingAt(isAtEnd ? null : messageIdAt(rows, index));
    this.atEnd.emit(isAtEnd);
    this.newestInView.emit(!chat.hasNewer() && isNewestInView({ rows, topOf, viewPx }));
    this.loadAhead();
  }

  private loadAhead(): void {
    const chat = this.chat();
    const { abovePx, belowPx } = this.windowed.beyond();
    // What failed waits for its button. A first page that does not fill the height goes on here, too.
    if (abovePx < loadAheadPx && chat.older() !== 'failed') void chat.loadOlder();
    if (belowPx < loadAheadPx && chat.newer() !== 'failed') void chat.loadNewer();
  }
}

/** The message of this row, or of the next one that has any. */
function messageIdAt(rows: readonly Row[], index: number): string | null {
  const row = rows.slice(index).find(({ kind }) => kind === 'bubble');
  return row?.kind === 'bubble' ? row.bubble.messageId : null;
}
