import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { filter } from 'rxjs';
import { EmojiPicker } from '../emoji/emoji-picker';
import type { ConversationPartsFragment } from '../graphql/graphql';
import { Shortcuts } from '../shortcuts/shortcuts';
import { QuoteView } from '../timeline/bubble/quote-view';
import { Icon } from '../ui/icon';
import { isComposing } from '../ui/is-composing';
import { Now } from '../ui/now';
import { inDigits } from '../ui/numbers';
import { PartMissing } from '../update/part-missing';
import { Drafts } from './drafts';
import { lengthNote, messageMaxLength } from './message-length';
import { quoteOf } from '../sending/quoted-message';
import { Recall } from './recall';
import type { FailedMessage } from './recall';
import { SendQueue } from '../sending/send-queue';
import { longestText, partsOf } from './split-text';
import type { Unseen } from './questions/unseen';
import { UnseenQuestion } from './questions/unseen-question';
import { windowNotice } from './window-notice';

@Component({
  selector: 'app-composer',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [EmojiPicker, Icon, PartMissing, QuoteView, UnseenQuestion],
  templateUrl: './composer.html',
  styleUrl: './composer.css',
  host: { '(document:pointerdown)': 'stopPickingOutside($event)' },
})
export class Composer {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly drafts = inject(Drafts);
  private readonly queue = inject(SendQueue);
  private readonly now = inject(Now);
  private readonly recall = inject(Recall);
  readonly conversation = input.required<ConversationPartsFragment>();
  /** A message was taken. */
  readonly sent = output();
  /** What the customer wrote and the agent has not seen; null when there is nothing. */
  readonly unseen = input<Unseen | null>(null);
  /** The last message of this chat that was not sent; null when there is none. */
  readonly failed = input<FailedMessage | null>(null);
  /** The agent wants to see it before anything is sent. */
  readonly look = output();

  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');
  /** Whether to send although there is something unseen. */
  protected readonly isAsking = signal(false);
  /** The text that this was asked about. */
  private askedText = '';
  /** A message that was not sent is back, as it was. */
  protected readonly isRecalled = computed(() => this.recall.isUnchanged(this.conversation().id));
  protected readonly isPicking = signal(false);
  protected readonly text = computed(() => this.drafts.of(this.conversation().id));
  protected readonly quote = computed(() => quoteOf(this.drafts.quoted(this.conversation().id)));
  protected readonly quoteAuthor = computed(() =>
    this.quote()?.isOurs === true ? $localize`You` : this.conversation().contact.displayName,
  );
  protected readonly inDigits = inDigits;
  protected readonly maxLength = inDigits(messageMaxLength);
  protected readonly length = computed(() => lengthNote(this.text()));
  /** What is too long for one message as several; null where it is not, or where they would be too many. */
  protected readonly parts = computed(() =>
    this.length().kind === 'too-long' ? partsOf(this.text()) : null,
  );
  /** The length of a text that was not pasted, since no field and no chat has room for it. */
  protected readonly leftOut = signal<number | null>(null);
  protected readonly longestText = inDigits(longestText);
  /** What a screen reader says of the field beside its name. */
  protected readonly describedBy = computed(() => {
    const ids = [
      this.quote() === null ? [] : ['quoted-message'],
      this.length().kind === 'too-long' ? ['length-note'] : [],
      this.isRecalled() ? ['recall-note'] : [],
    ].flat();
    return ids.length === 0 ? null : ids.join(' ');
  });
  protected readonly notice = computed(() =>
    windowNotice(this.conversation().serviceWindow, this.now.value()),
  );
  protected readonly isClosed = computed(
    () => this.conversation().serviceWindow.state === 'CLOSED',
  );
  protected readonly canSend = computed(
    () => this.text().trim() !== '' && this.length().kind === 'fits' && !this.isClosed(),
  );

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.stopTyping();
    });
    inject(Shortcuts)
      .pressed.pipe(
        filter((shortcut) => shortcut === 'emoji'),
        takeUntilDestroyed(),
      )
      .subscribe(() => {
        this.togglePicking();
      });
    // Somebody has seen it meanwhile, or another window has changed the text: what was asked is settled, and is not
    // asked again by itself.
    effect(() => {
      if (this.unseen() === null || this.text() !== this.askedText) this.isAsking.set(false);
    });
    effect(() => {
      const text = this.text();
      const field = this.field().nativeElement;
      // Written only when it differs, so that the caret and a composition in progress stay.
      if (field.value !== text) field.value = text;
      fitHeight(field);
    });
  }

  focus(): void {
    this.field().nativeElement.focus();
  }

  protected togglePicking(): void {
    if (this.isPicking()) this.stopPicking();
    else this.isPicking.set(true);
  }

  protected stopPicking(): void {
    this.isPicking.set(false);
    this.focus();
  }

  protected stopPickingOutside({ target }: PointerEvent): void {
    if (target instanceof Node && !this.host.contains(target)) this.isPicking.set(false);
  }

  /** At the caret, or in place of what is selected. */
  protected insert(text: string): void {
    const field = this.field().nativeElement;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
    this.keepDraft(field.value);
  }

  /** It stays where it was copied: nothing is lost. */
  protected leaveOutTooLong(event: Event, data: DataTransfer | null): void {
    const { length } = data?.getData('text/plain') ?? '';
    const { selectionStart, selectionEnd } = this.field().nativeElement;
    // What is selected makes room for it.
    const kept = this.text().length - (selectionEnd - selectionStart);
    const isTooLong = length > 0 && kept + length > longestText;
    this.leftOut.set(isTooLong ? length : null);
    if (isTooLong) event.preventDefault();
  }

  protected startTyping(): void {
    this.drafts.startTyping(this.conversation().id);
  }

  protected stopTyping(): void {
    this.drafts.stopTyping(this.conversation().id);
  }

  protected keepDraft(text: string): void {
    this.leftOut.set(null);
    const { id } = this.conversation();
    // What was brought back is gone from the field, or something else is begun in it.
    if (text === '' || this.text() === '') this.recall.end(id);
    this.drafts.keep(id, text);
  }

  protected stopAnswering(): void {
    this.drafts.quote(this.conversation().id, null);
    this.focus();
  }

  /** Escape that ends the composition of a character leaves what is open where it is. */
  protected stopOnEscape(event: Event): void {
    if (!(event instanceof KeyboardEvent) || isComposing(event)) return;
    const isPicking = this.isPicking();
    if (!isPicking && !this.isRecalled() && this.quote() === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (isPicking) this.stopPicking();
    else if (!this.recall.putAway(this.conversation().id)) this.stopAnswering();
  }

  /** In an empty field, the last message that was not sent comes back. */
  protected bringBack(event: Event): void {
    const failed = this.failed();
    if (failed === null || this.text() !== '' || this.quote() !== null) return;
    event.preventDefault();
    this.recall.bring(this.conversation().id, failed);
  }

  protected sendOnEnter(event: Event): void {
    if (!(event instanceof KeyboardEvent) || event.shiftKey) return;
    // Enter that ends the composition of a character does not send.
    if (isComposing(event)) return;
    event.preventDefault();
    this.send();
  }

  protected send(): void {
    if (this.canSend()) this.sendOrAsk();
  }

  protected sendOrAsk(): void {
    if (this.unseen() === null) {
      this.sendNow();
      return;
    }
    this.askedText = this.text();
    this.isAsking.set(true);
  }

  protected sendAnyway(): void {
    if (this.text() === this.askedText) this.sendNow();
  }

  private sendNow(): void {
    const texts = this.texts();
    // Another window may have sent it meanwhile.
    if (texts.length === 0) return;
    const { id, lastMessage } = this.conversation();
    if (!this.recall.sendAgain(id)) {
      const expectedLastMessageId = lastMessage?.id ?? null;
      texts.forEach((text, at) => {
        const replyTo = at === 0 ? this.drafts.quoted(id) : null;
        this.queue.add(id, text, { replyTo, expectedLastMessageId });
      });
    }
    this.drafts.clear(id);
    this.isPicking.set(false);
    this.sent.emit();
    this.focus();
  }

  /** What goes out as it is now, one message or several; nothing where it cannot. */
  private texts(): readonly string[] {
    if (this.canSend()) return [this.text().trim()];
    return this.isClosed() ? [] : (this.parts() ?? []);
  }
}

/** As high as its text, up to the limit of the style sheet. */
function fitHeight(field: HTMLTextAreaElement): void {
  // That is over the limit on any screen; to measure a megabyte of text takes long.
  if (field.value.length > messageMaxLength) {
    field.style.blockSize = '100dvh';
    return;
  }
  field.style.blockSize = 'auto';
  const borderPx = field.offsetHeight - field.clientHeight;
  field.style.blockSize = `${String(field.scrollHeight + borderPx)}px`;
}
