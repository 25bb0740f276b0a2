import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import type { OnInit } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import { merge } from 'rxjs';
import { Composer } from '../composer/composer';
import { Drafts } from '../composer/drafts';
import { canBeQuoted, quotedMessage } from '../sending/quoted-message';
import { Recall } from '../composer/recall';
import { SendQueue } from '../sending/send-queue';
import type { Outgoing } from '../sending/send-queue';
import { DoubtQuestion } from '../composer/questions/doubt-question';
import { Retries } from '../sending/retries';
import { unseenOf } from '../composer/questions/unseen';
import { hasRunOut } from '../composer/window-notice';
import { Sending } from '../sending/sending';
import { ConnectionStrip } from '../connection/connection-strip';
import { LiveUpdates } from '../connection/live-updates';
import type { MessagePartsFragment } from '../graphql/graphql';
import { MessageInfo } from '../message-info/message-info';
import { MenuReach } from '../message-menu/menu-reach';
import { MessageMenu } from '../message-menu/message-menu';
import { OpenMenu } from '../message-menu/open-menu';
import { contentLines } from '../timeline/bubble/content-lines';
import { QuietToggle } from '../notifications/quiet-toggle';
import { MessagePages } from '../timeline/open-chat/message-pages';
import { Offline } from '../offline/offline';
import { OpenChat } from '../timeline/open-chat/open-chat';
import { countsAsUnread } from '../timeline/rows';
import { Timeline } from '../timeline/timeline';
import { Attention } from '../ui/attention';
import { Avatar } from '../ui/avatar';
import { hasKeyboard } from '../ui/has-keyboard';
import { Icon } from '../ui/icon';
import { Now } from '../ui/now';
import { shownNumber } from '../ui/phone-number';
import { PartMissing } from '../update/part-missing';
import { ConversationDetails } from './conversation-details';
import { ReadMarker } from './read-marker';

/** One chat: who it is with, its messages, and the place to answer. Made anew for each chat. */
@Component({
  selector: 'app-chat',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    Avatar,
    Composer,
    ConnectionStrip,
    DoubtQuestion,
    Icon,
    MessageInfo,
    MessageMenu,
    PartMissing,
    QuietToggle,
    RouterLink,
    Timeline,
  ],
  hostDirectives: [MenuReach],
  providers: [ConversationDetails],
  templateUrl: './chat.html',
  styleUrl: './chat.css',
})
export class Chat implements OnInit {
  private readonly details = inject(ConversationDetails);
  private readonly attention = inject(Attention);
  private readonly drafts = inject(Drafts);
  private readonly live = inject(LiveUpdates);
  protected readonly menu = inject(OpenMenu);
  private readonly offline = inject(Offline);
  private readonly pages = inject(MessagePages);
  private readonly queue = inject(SendQueue);
  private readonly recall = inject(Recall);
  protected readonly retries = inject(Retries);
  private readonly router = inject(Router);
  private readonly sending = inject(Sending);
  private readonly destroyRef = inject(DestroyRef);
  /** From the address: `/chat/:id?message=…&at=…`, the latter two from a search. */
  readonly id = input.required<string>();
  readonly message = input<string>();
  readonly at = input<string>();

  private readonly composer = viewChild(Composer);
  private readonly timeline = viewChild(Timeline);
  protected readonly openChat = signal<OpenChat | null>(null);
  protected readonly conversation = this.details.conversation;
  protected readonly state = this.details.state;
  protected readonly name = computed(
    () => this.conversation()?.contact.displayName ?? $localize`this customer`,
  );
  /** The number or user name, where it is not the name already. */
  protected readonly address = computed(() => {
    const contact = this.conversation()?.contact;
    if (contact == null) return null;
    const number = contact.phoneNumber === null ? null : shownNumber(contact.phoneNumber);
    const address = number ?? (contact.username === null ? null : `@${contact.username}`);
    return address === contact.displayName ? null : address;
  });
  protected readonly openAtId = computed(() => this.message() ?? null);
  /** The message whose menu is open, and what its menu offers. */
  protected readonly menuMessage = computed(() => {
    const menu = this.menu.opened();
    const message = this.openChat()
      ?.messages()
      .find(({ id }) => id === menu?.messageId);
    if (menu === null || message === undefined) return null;
    const { text } = contentLines(message);
    return { message, text, button: menu.button, canReply: canBeQuoted(message) };
  });
  /** The message whose way is told. */
  protected readonly infoId = signal<string | null>(null);
  /** The failed message of which it is asked whether to send it again although it may have arrived. */
  protected readonly doubted = computed(() => {
    const id = this.retries.doubted();
    const message = this.openChat()
      ?.messages()
      .find((one) => one.id === id);
    return message === undefined ? null : { id: message.id, text: contentLines(message).text };
  });
  private readonly isAtEnd = signal(false);
  protected readonly isNewestInView = signal(false);
  protected readonly unseen = computed(() => {
    const [chat, conversation] = [this.openChat(), this.conversation()];
    if (chat === null || conversation === null) return null;
    return unseenOf({
      isNewestInView: this.isAtEnd() || this.isNewestInView(),
      arrivals: chat.unseenArrivals(),
      messages: chat.messages(),
      hasNewer: chat.hasNewer(),
      conversation,
    });
  });
  protected readonly failed = computed(() => {
    const chat = this.openChat();
    // Further up in the chat it is not known what came last.
    if (chat === null || chat.hasNewer()) return null;
    return this.recall.lastFailed({
      messages: chat.messages(),
      outgoing: this.queue.items().filter((item) => item.conversationId === this.id()),
    });
  });
  private readonly isWatched = computed(() => this.attention.isHere() && this.isAtEnd());
  private readonly marker = new ReadMarker({
    mark: (upToMessageId) => this.details.markRead(upToMessageId),
  });
  private unreadBefore: number | null = null;
  private joinedBefore: number | null = null;

  constructor() {
    effect(() => {
      this.followUnread();
    });
    effect(() => {
      this.reportSight();
    });
    effect(() => {
      this.showKept();
    });
    const now = inject(Now);
    effect(() => {
      const window = this.conversation()?.serviceWindow;
      // It closes without an event. Asked again with every tick until the server has closed it.
      if (window !== undefined && hasRunOut(window, now.value())) void this.details.load();
    });
    effect(() => {
      const id = this.conversation()?.id;
      // Two conversations that turned out to be of one person have become one.
      if (id !== undefined && id !== this.id()) {
        void this.router.navigate(['/chat', id], { replaceUrl: true });
      }
    });
    effect(() => {
      this.takeInJoined();
    });
    effect(() => {
      // One writes at once, where that does not bring up a keyboard over half the screen.
      if (hasKeyboard()) this.composer()?.focus();
    });
    this.destroyRef.onDestroy(() => {
      this.menu.close();
      this.retries.doubted.set(null);
      this.marker.close();
      this.openChat()?.close();
    });
  }

  ngOnInit(): void {
    const conversationId = this.id();
    this.details.open(conversationId);
    const chat = new OpenChat({
      conversationId,
      pages: this.pages,
      events: this.live.events,
      resyncs: merge(this.live.resyncs, this.live.beginnings),
      connections: this.live.connections,
      shelve: (window) => {
        this.offline.shelve(conversationId, window);
      },
    });
    this.openChat.set(chat);
    const [messageId, cursor] = [this.message(), this.at()];
    const place = messageId === undefined || cursor === undefined ? null : { messageId, cursor };
    void chat.open(place);
    this.sending.accepted.pipe(takeUntilDestroyed(this.destroyRef)).subscribe((message) => {
      if (message.conversation.id === conversationId) chat.addOwn(message);
    });
  }

  protected setAtEnd(isAtEnd: boolean): void {
    this.isAtEnd.set(isAtEnd);
    if (isAtEnd && this.attention.isHere()) this.openChat()?.sawEnd();
  }

  protected async followOwnMessage(): Promise<void> {
    this.openChat()?.forgetUnread();
    await this.timeline()?.goToEnd();
  }

  protected async lookAtEnd(): Promise<void> {
    await this.timeline()?.goToEnd();
    this.composer()?.focus();
  }

  protected answer(message: MessagePartsFragment): void {
    this.drafts.quote(this.id(), quotedMessage(message));
    this.composer()?.focus();
  }

  protected editAgain({ text, replyTo }: Outgoing): void {
    const draft = this.drafts.of(this.id());
    if (replyTo !== null) this.drafts.quote(this.id(), replyTo);
    this.drafts.keep(this.id(), draft === '' ? text : `${text}\n${draft}`);
    this.composer()?.focus();
  }

  protected reload(): void {
    this.details.open(this.id());
    void this.openChat()?.reload();
  }

  /** Puts the line "unread" where reading stops when messages come unwatched. */
  private followUnread(): void {
    const unread = this.conversation()?.unreadCount;
    const chat = this.openChat();
    if (unread === undefined || chat?.messages().length === 0) return;
    if (unread > 0 && this.unreadBefore === 0 && !untracked(this.isWatched)) {
      untracked(() => chat?.markUnread(unread));
    }
    this.unreadBefore = unread;
  }

  /** The messages of a chat that became a part of this one come without events of their own. */
  private takeInJoined(): void {
    const joined = this.conversation()?.formerIds.length;
    if (joined === undefined) return;
    if (joined > (this.joinedBefore ?? joined)) untracked(() => void this.openChat()?.reload());
    this.joinedBefore = joined;
  }

  /** Until the server is heard, what this browser kept is better than nothing. */
  private showKept(): void {
    const [chat, conversation] = [this.openChat(), this.conversation()];
    const state = this.live.state();
    if (chat === null || conversation === null || !this.offline.isReady()) return;
    const kept = untracked(() => this.offline.endOf(conversation.id));
    if (kept === null || state === 'live') return;
    // One reads on at the first unread message, which the server knows if it can be asked.
    const { unreadCount } = conversation;
    const isFurtherUp = kept.messages.filter(countsAsUnread).length < unreadCount;
    if (isFurtherUp && state !== 'offline') return;
    untracked(() => {
      chat.showKept(kept, unreadCount);
    });
  }

  private reportSight(): void {
    const isWatched = this.isWatched();
    if (isWatched) this.openChat()?.sawEnd();
    this.marker.see({
      isWatched,
      unreadCount: this.conversation()?.unreadCount ?? 0,
      newestId: this.openChat()?.messages().at(-1)?.id ?? null,
    });
  }
}
