import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { debounceTime, map } from 'rxjs';
import { Drafts } from '../composer/drafts';
import { MessageSearch } from '../search/message-search';
import { SearchHit } from '../search/search-hit';
import { Icon } from '../ui/icon';
import { ConversationRow } from './conversation-row';
import { Conversations } from './conversations';

/** After the last key, before the server is asked. */
const typingPauseMs = 180;

/** The next page is asked for this far before the end of the list, in pixels. */
const loadAheadPx = 600;

/** The conversations, and while searching the messages that match. */
@Component({
  selector: 'app-conversation-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [ConversationRow, Icon, SearchHit],
  templateUrl: './conversation-list.html',
  styleUrl: './conversation-list.css',
})
export class ConversationList {
  private readonly drafts = inject(Drafts);
  protected readonly conversations = inject(Conversations);
  protected readonly messages = inject(MessageSearch);
  readonly openId = input<string | null>(null);

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
  protected readonly rows = this.conversations.rows;
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
        this.conversations.show({
          ...(search === '' ? {} : { search }),
          ...(unreadOnly ? { unreadOnly } : {}),
        });
        void this.messages.find(search);
      });
    });
  }

  protected draftOf(conversationId: string): string | null {
    if (conversationId === this.openId()) return null;
    return this.drafts.of(conversationId) || null;
  }

  protected loadAhead(list: HTMLElement): void {
    const left = list.scrollHeight - list.scrollTop - list.clientHeight;
    if (left < loadAheadPx) void this.conversations.loadMore();
  }
}
