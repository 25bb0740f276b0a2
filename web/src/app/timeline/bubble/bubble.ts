import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { Retries } from '../../sending/retries';
import { OpenMenu } from '../../message-menu/open-menu';
import { Icon } from '../../ui/icon';
import { inDigits } from '../../ui/numbers';
import { TickMark } from '../../ui/tick-mark';
import { fullTimeOf, timeOfDay } from '../../ui/times';
import type { BubbleView } from './bubble-of';
import { emojiCount } from './emoji-only';
import type { Place } from '../open-chat/message-pages';
import { linkedLine } from '../../message-text/linked-line';
import { textBlocks } from '../../message-text/message-text';
import { MessageTextView } from '../../message-text/message-text-view';
import { QuoteView } from './quote-view';

/** What a person can do about a message that waits in this browser. */
export type OutgoingAction = 'retry' | 'edit' | 'discard';

@Component({
  selector: 'app-bubble',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, MessageTextView, QuoteView, TickMark],
  templateUrl: './bubble.html',
  styleUrl: './bubble.css',
  host: {
    '[class.ours]': 'view().isOurs',
    '[class.first]': 'isFirst()',
    '[class.failed]': 'view().problem?.tone === "failed"',
  },
})
export class Bubble {
  private readonly retries = inject(Retries);
  private readonly menu = inject(OpenMenu);
  readonly view = input.required<BubbleView>();
  readonly isFirst = input(true);
  /** The customer's name, for what only a screen reader says. */
  readonly customer = input.required<string>();
  protected readonly inDigits = inDigits;
  readonly act = output<OutgoingAction>();
  /** The message that is quoted is wanted. */
  readonly openQuote = output<Place>();

  protected readonly time = computed(() => timeOfDay(this.view().atMs));
  protected readonly fullTime = computed(() => fullTimeOf(this.view().atMs));
  protected readonly isoTime = computed(() => new Date(this.view().atMs).toISOString());
  protected readonly blocks = computed(() => textBlocks(this.view().text));
  protected readonly details = computed(() => this.view().details.map(linkedLine));
  /** A few emoji alone are drawn large. */
  protected readonly textClass = computed(() => {
    const count = emojiCount(this.view().text);
    return count === 0 ? 'text' : `text emoji-${count}`;
  });
  protected readonly author = computed(() =>
    this.view().isOurs ? $localize`You` : this.customer(),
  );
  protected readonly quoteAuthor = computed(() =>
    this.view().quote?.isOurs === true ? $localize`You` : this.customer(),
  );
  protected readonly retryState = computed(() => {
    const { messageId } = this.view();
    return messageId === null ? null : this.retries.stateOf(messageId);
  });

  protected readonly isMenuOpen = computed(() => {
    const { messageId } = this.view();
    return messageId !== null && this.menu.opened()?.messageId === messageId;
  });

  protected toggleMenu(button: HTMLElement): void {
    const { messageId } = this.view();
    if (messageId === null || this.isMenuOpen()) this.menu.close();
    else this.menu.open({ messageId, button });
  }

  protected retry(): void {
    const { messageId } = this.view();
    if (messageId === null) this.act.emit('retry');
    else if (this.view().problem?.retry === 'asks-first') this.retries.doubted.set(messageId);
    else void this.retries.retry(messageId);
  }
}
