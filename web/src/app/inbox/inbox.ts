import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  computed,
  effect,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Title } from '@angular/platform-browser';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { filter, map } from 'rxjs';
import { ConversationList } from '../conversation-list/conversation-list';
import { UnreadTotal } from '../conversation-list/unread-total';
import { ConnectionLight } from '../connection/connection-light';
import { ConnectionNotice } from '../connection/connection-notice';
import { NewChatDialog } from '../new-chat/new-chat-dialog';
import { Session } from '../sign-in/session';
import { SettingsDialog } from '../settings/settings-dialog';
import { Icon } from '../ui/icon';
import { inDigits } from '../ui/numbers';
import { PartMissing } from '../update/part-missing';
import { showTabBadge } from './tab-badge';
import { Upkeep } from './upkeep';

/** The page: the list beside the open chat, or one of them at a time on a phone. */
@Component({
  selector: 'app-inbox',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    ConnectionLight,
    ConnectionNotice,
    ConversationList,
    Icon,
    NewChatDialog,
    RouterOutlet,
    SettingsDialog,
    PartMissing,
  ],
  templateUrl: './inbox.html',
  styleUrl: './inbox.css',
})
export class Inbox {
  private readonly router = inject(Router);
  private readonly upkeep = inject(Upkeep);
  private readonly unread = inject(UnreadTotal).value;
  protected readonly session = inject(Session);
  protected readonly newChat = viewChild.required(NewChatDialog);

  /** What lies over the page. */
  protected readonly sheet = signal<'settings' | null>(null);

  protected readonly openId = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map(() => this.chatInAddress()),
    ),
    { initialValue: this.chatInAddress() },
  );
  private readonly title = computed(() =>
    this.unread() === 0 ? $localize`Inbox` : $localize`(${inDigits(this.unread())}:unread:) Inbox`,
  );

  constructor() {
    const title = inject(Title);
    const document = inject(DOCUMENT);
    effect(() => {
      title.setTitle(this.title());
      showTabBadge(document, this.unread());
    });
    this.upkeep.start();
  }

  protected async signOut(): Promise<void> {
    if (await this.session.signOut()) await this.upkeep.forget();
  }

  private chatInAddress(): string | null {
    const id: unknown = this.router.routerState.root.firstChild?.firstChild?.snapshot.params['id'];
    return typeof id === 'string' ? id : null;
  }
}
