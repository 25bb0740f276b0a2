import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  Injector,
  afterNextRender,
  afterRenderEffect,
  computed,
  effect,
  inject,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import type { ElementRef } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { Title } from '@angular/platform-browser';
import { NavigationEnd, NavigationError, Router, RouterOutlet } from '@angular/router';
import { filter, map } from 'rxjs';
import { ConversationList } from '../conversation-list/conversation-list';
import { Conversations } from '../conversation-list/conversations';
import { UnreadTotal } from '../conversation-list/unread-total';
import { ConnectionLight } from '../connection/connection-light';
import { ConnectionNotice } from '../connection/connection-notice';
import { BellHint } from '../notifications/bell-hint';
import { Notifications } from '../notifications/notifications';
import { NewChatDialog } from '../new-chat/new-chat-dialog';
import { WantedChat } from '../new-chat/wanted-chat';
import { NotSignedOut } from '../sign-in/not-signed-out';
import { Session } from '../sign-in/session';
import { SettingsDialog } from '../settings/settings-dialog';
import { neighbourOf } from '../shortcuts/neighbour';
import type { Shortcut } from '../shortcuts/shortcut-of';
import { Shortcuts } from '../shortcuts/shortcuts';
import { ShortcutsSheet } from '../shortcuts/shortcuts-sheet';
import { Icon } from '../ui/icon';
import { inDigits } from '../ui/numbers';
import { PartMissing } from '../update/part-missing';
import { showTabBadge } from './tab-badge';
import { UpdateNotice } from '../update/update-notice';
import { JoinedChats } from './joined-chats';
import { isFocusLost } from './lost-focus';
import { Upkeep } from './upkeep';

/** The page: the list beside the open chat, or one of them at a time on a phone. */
@Component({
  selector: 'app-inbox',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    BellHint,
    ConnectionLight,
    ConnectionNotice,
    ConversationList,
    Icon,
    NewChatDialog,
    NotSignedOut,
    RouterOutlet,
    SettingsDialog,
    PartMissing,
    ShortcutsSheet,
    UpdateNotice,
  ],
  templateUrl: './inbox.html',
  styleUrl: './inbox.css',
})
export class Inbox {
  private readonly injector = inject(Injector);
  private readonly router = inject(Router);
  private readonly upkeep = inject(Upkeep);
  private readonly unread = inject(UnreadTotal).value;
  protected readonly session = inject(Session);
  private readonly conversations = inject(Conversations);
  private readonly list = viewChild.required(ConversationList);

  /** What lies over the page. */
  protected readonly sheet = signal<
    'new-chat' | 'settings' | 'shortcuts' | 'part-missing' | 'not-signed-out' | null
  >(null);
  protected readonly isSigningOut = signal(false);

  protected readonly openId = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map(() => this.chatInAddress()),
    ),
    { initialValue: this.chatInAddress() },
  );
  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');
  private readonly title = computed(() =>
    this.unread() === 0 ? $localize`Inbox` : $localize`(${inDigits(this.unread())}:unread:) Inbox`,
  );

  /** Whom a new chat is to be with, where that is known. */
  protected readonly newChatTo = signal<string | null>(null);

  constructor() {
    inject(JoinedChats);
    const title = inject(Title);
    const document = inject(DOCUMENT);
    effect(() => {
      title.setTitle(this.title());
      showTabBadge(document, this.unread());
    });
    let before = this.openId();
    afterRenderEffect(() => {
      const openId = this.openId();
      if (openId === before) return;
      before = openId;
      if (isFocusLost(document))
        untracked(() => {
          this.giveFocus(openId);
        });
    });
    const wanted = inject(WantedChat);
    afterRenderEffect(() => {
      const number = wanted.number();
      if (number === null) return;
      untracked(() => {
        wanted.begun();
        this.newChatTo.set(number);
        this.sheet.set('new-chat');
      });
    });
    afterNextRender(() => {
      if (this.session.hasSignedIn()) this.leadIn();
    });
    const notifications = inject(Notifications);
    effect(() => {
      notifications.opened(this.openId());
    });
    this.upkeep.start();
    this.router.events.pipe(takeUntilDestroyed()).subscribe((event) => {
      if (event instanceof NavigationError) this.sheet.set('part-missing');
    });
    inject(Shortcuts)
      .pressed.pipe(takeUntilDestroyed())
      .subscribe((shortcut) => {
        void this.follow(shortcut);
      });
  }

  /** What had the focus is gone with a chat that was closed, or with the list on a narrow page. */
  private giveFocus(openId: string | null): void {
    if (openId === null) this.list().focusRows();
    else this.main().nativeElement.focus();
  }

  protected openNewChat(): void {
    this.newChatTo.set(null);
    this.sheet.set('new-chat');
  }

  /** Where the sign-in was, nothing is any more. An open chat takes the focus to its composer once it is there. */
  private leadIn(): void {
    if (this.openId() === null) this.list().focusList();
    else this.main().nativeElement.focus();
  }

  private async follow(shortcut: Shortcut): Promise<void> {
    switch (shortcut) {
      case 'search':
        await this.goToSearch();
        break;
      case 'new-chat':
        this.openNewChat();
        break;
      case 'help':
        this.sheet.set('shortcuts');
        break;
      case 'close':
        if (this.openId() !== null) await this.router.navigateByUrl('/');
        break;
      case 'previous-chat':
        await this.openNeighbour(-1);
        break;
      case 'next-chat':
        await this.openNeighbour(1);
        break;
      case 'emoji':
        // Of the composer.
        break;
    }
  }

  /** On a narrow page the list is there only while no chat is. */
  private async goToSearch(): Promise<void> {
    if (this.list().isShown()) {
      this.list().focusSearch();
      return;
    }
    await this.router.navigateByUrl('/');
    const focus = (): void => {
      this.list().focusSearch();
    };
    afterNextRender({ read: focus }, { injector: this.injector });
  }

  private async openNeighbour(step: 1 | -1): Promise<void> {
    const ids = (this.conversations.rows() ?? []).map(({ id }) => id);
    const id = neighbourOf(ids, this.openId(), step);
    if (id !== null) await this.router.navigate(['/chat', id]);
  }

  protected async signOut(): Promise<void> {
    if (this.isSigningOut()) return;
    this.sheet.set(null);
    this.isSigningOut.set(true);
    const isOut = await this.session.signOut();
    this.isSigningOut.set(false);
    if (isOut) await this.upkeep.signOut();
    else this.sheet.set('not-signed-out');
  }

  private chatInAddress(): string | null {
    const id: unknown = this.router.routerState.snapshot.root.firstChild?.firstChild?.params['id'];
    return typeof id === 'string' ? id : null;
  }
}
