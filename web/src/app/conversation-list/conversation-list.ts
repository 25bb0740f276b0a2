import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import type { ElementRef } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { debounceTime, map } from 'rxjs';
import { LiveUpdates } from '../connection/live-updates';
import { MessageSearch } from '../search/message-search';
import { SearchHit } from '../search/search-hit';
import { Icon } from '../ui/icon';
import { inDigits } from '../ui/numbers';
import { ChatRows } from './chat-rows';
import { Conversations } from './conversations';

/** After the last key, before the server is asked. */
const typingPauseMs = 180;

/** So many of the chats that a search finds are shown above the messages that it finds. */
const fewChats = 5;

/** The conversations, and while searching the messages that match. */
@Component({
  selector: 'app-conversation-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [ChatRows, Icon, SearchHit],
  templateUrl: './conversation-list.html',
  styleUrl: './conversation-list.css',
})
export class ConversationList {
  protected readonly conversations = inject(Conversations);
  protected readonly messages = inject(MessageSearch);
  readonly openId = input<string | null>(null);
  private readonly list = viewChild<ElementRef<HTMLElement>>('list');
  protected readonly rowsBelow = viewChild(ChatRows);

  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private readonly live = inject(LiveUpdates);
  protected readonly isOffline = computed(() => this.live.state() === 'offline');
  protected readonly typed = signal('');
  protected readonly unreadOnly = signal(false);
  /** What is searched for: the typed words once typing pauses. */
  protected readonly search = toSignal(
    toObservable(this.typed).pipe(
      debounceTime(typingPauseMs),
      map((text) => text.trim()),
    ),
    { initialValue: '' },
  );
  /** All chats found, rather than the first few above the messages. */
  protected readonly showsAll = signal(false);
  protected readonly rows = computed(() => {
    const rows = this.conversations.rows();
    return this.isCut() ? (rows?.slice(0, fewChats) ?? null) : rows;
  });
  protected readonly isCut = computed(
    () =>
      this.search() !== '' &&
      !this.showsAll() &&
      (this.conversations.rows()?.length ?? 0) > fewChats,
  );
  protected readonly hitCount = computed(() => inDigits(this.messages.hits().length));
  protected readonly emptyText = computed(() => {
    if (this.search() !== '') return $localize`No chat with that name or number.`;
    return this.unreadOnly()
      ? $localize`Nothing unread.`
      : $localize`No chats yet. Start one with “New chat”.`;
  });

  constructor() {
    effect(() => {
      const [search, unreadOnly] = [this.search(), this.unreadOnly()];
      untracked(() => {
        // Another list begins at its beginning.
        const list = this.list()?.nativeElement;
        // Asked of one that has no rows yet, it would have the page laid out too early.
        if (list !== undefined && this.conversations.rows() !== null) list.scrollTop = 0;
        this.showsAll.set(false);
        this.conversations.show({
          ...(search === '' ? {} : { search }),
          ...(unreadOnly ? { unreadOnly } : {}),
        });
        void this.messages.find(search);
      });
    });
  }

  /** False on a narrow page while a chat is open. */
  isShown(): boolean {
    return this.field().nativeElement.checkVisibility();
  }

  /** To the row that had the focus before, else to that of the open chat. */
  focusRows(): void {
    this.rowsBelow()?.focus();
  }

  /** To the list as such: whatever is in it comes next. */
  focusList(): void {
    this.list()?.nativeElement.focus();
  }

  focusSearch(): void {
    this.field().nativeElement.focus();
    this.field().nativeElement.select();
  }

  /** Escape empties the field first; from an empty one it goes on to what is open. */
  protected leaveSearch(event: Event): void {
    if (this.typed() === '') return;
    this.typed.set('');
    // What was typed and taken back between two renderings would stay in the field.
    this.field().nativeElement.value = '';
    event.preventDefault();
  }
}
