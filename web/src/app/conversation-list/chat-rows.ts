import {
  ApplicationRef,
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
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
  viewChildren,
} from '@angular/core';
import { Drafts } from '../composer/drafts';
import { Unsent } from '../sending/unsent';
import type { ConversationPartsFragment } from '../graphql/graphql';
import { QuietChats } from '../notifications/quiet-chats';
import { nextTask } from '../ui/next-task';
import { ConversationRow } from './conversation-row';
import { indexAfterKey } from './list-keys';
import { isSameWindow, rowWindow, rowsMoved, topToShow } from './row-window';
import type { Viewport } from './row-window';

/** As in chat-rows.css, and in the outline of index.html: rows of one height make the place of each known without drawing it. */
const rowRem = 4.375;

/** So many rows of a new list are drawn before all others. */
const firstRows = 2;
/** Where a piece of it took longer, the next one is not larger. */
const shortPieceMs = 4;
/** After what is visible, and before what is near it. */
const growAfterMs = 300;

/** The next page is asked for so many rows before the end. */
const loadAheadRows = 20;

/** Any number of conversations as rows, of which those near the visible ones are drawn. One stop for the Tab key. */
@Component({
  selector: 'app-chat-rows',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [ConversationRow],
  host: { '(keydown)': 'move($event)', '(focusin)': 'focused($event)' },
  templateUrl: './chat-rows.html',
  styleUrl: './chat-rows.css',
})
export class ChatRows {
  private readonly drafts = inject(Drafts);
  protected readonly unsent = inject(Unsent).newest;
  protected readonly quiet = inject(QuietChats);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly conversations = input.required<readonly ConversationPartsFragment[]>();
  readonly openId = input<string | null>(null);
  readonly search = input('');
  /** What scrolls, with these rows in it. */
  readonly scroller = input.required<HTMLElement>();
  readonly hasMore = input(false);
  /** Whether the next page may be asked for now. */
  readonly canLoadMore = input(false);
  readonly loadMore = output();

  private readonly list = viewChild.required<ElementRef<HTMLElement>>('list');
  private readonly drawn = viewChildren(ConversationRow);
  private readonly rowPx = signal(rowRem * 16);
  private readonly topPx = signal(0);
  /** At most the window's, until it is measured. */
  private readonly heightPx = signal(window.innerHeight);
  private readonly isNew = signal(true);
  /** So many rows are drawn so far of a list that is new: none with the list itself, which is a piece of its own. */
  private readonly most = signal(0);
  /** The row that has the focus. */
  private readonly focusedId = signal<string | null>(null);
  /** The row that is to get it, once it is drawn. */
  private readonly wantedId = signal<string | null>(null);
  /** What was visible before a change of the list, and had the focus then. */
  private before: readonly string[] = [];
  private focusBefore: string | null = null;

  private readonly ids = computed(() => this.conversations().map(({ id }) => id));
  private readonly indexOf = computed(
    () => new Map(this.ids().map((id, index) => [id, index] as const)),
  );
  private readonly viewport = computed<Viewport>(() => ({
    count: this.conversations().length,
    rowPx: this.rowPx(),
    topPx: this.topPx(),
    heightPx: this.heightPx(),
    isNew: this.isNew(),
    most: this.most(),
  }));
  private readonly window = computed(() => rowWindow(this.viewport()), { equal: isSameWindow });
  protected readonly heightOfAllPx = computed(() => this.conversations().length * this.rowPx());

  /** The window, and the row with the focus wherever it is: focus must not vanish by scrolling. */
  protected readonly rows = computed(() => {
    const { from, to } = this.window();
    const focused = this.indexOf().get(this.wantedId() ?? this.focusedId() ?? '');
    const indexes = Array.from({ length: to - from }, (_, offset) => from + offset);
    if (focused !== undefined && focused < from) indexes.unshift(focused);
    if (focused !== undefined && focused >= to) indexes.push(focused);
    return indexes.flatMap((index) => {
      const conversation = this.conversations()[index];
      return conversation === undefined
        ? []
        : [{ conversation, index, topPx: index * this.rowPx() }];
    });
  });
  /** Where the Tab key enters: the row that had the focus, else that of the open chat, else the first one. */
  protected readonly tabStopId = computed(() => {
    const drawn = new Set(this.rows().map(({ conversation }) => conversation.id));
    const wanted = [this.wantedId(), this.focusedId(), this.openId()];
    const first = this.conversations()[Math.ceil(this.topPx() / this.rowPx())]?.id ?? null;
    return wanted.find((id) => id !== null && drawn.has(id)) ?? first;
  });

  constructor() {
    // Before the rows are drawn anew; the other half runs after it.
    effect(() => {
      this.rows();
      this.focusBefore = this.hasFocus() ? untracked(this.focusedId) : null;
    });
    afterRenderEffect(() => {
      const ids = this.ids();
      untracked(() => {
        this.keepPlace(ids);
      });
    });
    afterRenderEffect(() => {
      this.rows();
      const wanted = this.wantedId() ?? (this.hasFocus() ? null : this.focusBefore);
      if (wanted === null) return;
      untracked(() => {
        this.giveFocus(wanted);
      });
    });
    effect(() => {
      const { count } = this.viewport();
      if (!this.canLoadMore() || this.window().to <= count - loadAheadRows) return;
      untracked(() => {
        this.loadMore.emit();
      });
    });
    const destroyRef = inject(DestroyRef);
    const app = inject(ApplicationRef);
    afterNextRender(() => {
      void this.drawByPieces(app, destroyRef);
      this.watch(destroyRef);
    });
  }

  /** What is visible, then what is near it. */
  private async drawByPieces(app: ApplicationRef, destroyRef: DestroyRef): Promise<void> {
    await this.fill(app, destroyRef);
    await new Promise((resolve) => setTimeout(resolve, growAfterMs));
    this.isNew.set(false);
    await this.fill(app, destroyRef);
    this.most.set(Infinity);
  }

  /** On a slow phone a row takes long: a finger or a key comes between two pieces. */
  private async fill(app: ApplicationRef, destroyRef: DestroyRef): Promise<void> {
    let piece = firstRows;
    while (this.rows().length >= this.most()) {
      await nextTask();
      if (destroyRef.destroyed) return;
      const startedAt = performance.now();
      this.most.update((rows) => rows + piece);
      // Drawn in this task, so that it is known how long that takes.
      app.tick();
      if (performance.now() - startedAt < shortPieceMs) piece *= 2;
    }
  }

  /** The Tab stop gets the focus, as by the arrow down in the search field. */
  focus(): void {
    const id = this.tabStopId();
    if (id !== null) this.wantedId.set(id);
  }

  protected draftOf(conversationId: string): string | null {
    if (conversationId === this.openId()) return null;
    return this.drafts.of(conversationId) || null;
  }

  protected move(event: KeyboardEvent): void {
    // Keys may come faster than rows are drawn.
    const index = this.indexOf().get(this.wantedId() ?? this.focusedId() ?? '');
    if (index === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const viewport = this.viewport();
    const pageRows = Math.max(1, Math.floor(viewport.heightPx / viewport.rowPx) - 1);
    const next = indexAfterKey(event.key, { count: viewport.count, index, pageRows });
    const id = next === null ? undefined : this.ids()[next];
    if (next === null || id === undefined) return;
    event.preventDefault();
    this.scrollTo(topToShow(next, viewport));
    this.wantedId.set(id);
  }

  protected focused(event: FocusEvent): void {
    const row = event.target instanceof Element ? event.target.closest('li') : null;
    this.focusedId.set(row?.getAttribute('data-id') ?? null);
  }

  private hasFocus(): boolean {
    return this.host.contains(document.activeElement);
  }

  private giveFocus(id: string): void {
    const row = this.drawn().find((each) => each.conversation().id === id);
    this.wantedId.set(null);
    row?.focus();
  }

  /** The rows being looked at stay where they are, unless the list shows its beginning. */
  private keepPlace(ids: readonly string[]): void {
    const before = this.before;
    this.before = ids;
    const { rowPx, topPx, heightPx } = this.viewport();
    if (before.length === 0 || topPx < rowPx / 2) return;
    const from = Math.floor(topPx / rowPx);
    const visible = { from, to: Math.ceil((topPx + heightPx) / rowPx) };
    const moved = rowsMoved(before, visible, this.indexOf());
    if (moved !== 0) this.scrollTo(topPx + moved * rowPx);
  }

  private scrollTo(topPx: number): void {
    this.scroller().scrollTop = topPx + this.list().nativeElement.offsetTop;
    this.look();
  }

  private look(): void {
    const scroller = this.scroller();
    this.topPx.set(Math.max(0, scroller.scrollTop - this.list().nativeElement.offsetTop));
  }

  private measure(): void {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.rowPx.set(rowRem * (rem > 0 ? rem : 16));
    this.heightPx.set(this.scroller().clientHeight);
    this.look();
  }

  private watch(destroyRef: DestroyRef): void {
    const scroller = this.scroller();
    const look = (): void => {
      this.isNew.set(false);
      this.most.set(Infinity);
      this.look();
    };
    const resizing = new ResizeObserver(() => {
      this.measure();
    });
    resizing.observe(scroller);
    resizing.observe(this.host);
    scroller.addEventListener('scroll', look, { passive: true });
    destroyRef.onDestroy(() => {
      resizing.disconnect();
      scroller.removeEventListener('scroll', look);
    });
  }
}
