import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  viewChild,
} from '@angular/core';
import type { ElementRef } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Outgoing } from '../sending/send-queue';
import type { ConversationPartsFragment } from '../graphql/graphql';
import { numberHit } from '../search/number-hit';
import { textParts } from '../search/text-parts';
import { Avatar } from '../ui/avatar';
import { Icon } from '../ui/icon';
import { Now } from '../ui/now';
import { inDigits } from '../ui/numbers';
import { shownNumber } from '../ui/phone-number';
import { TickMark } from '../ui/tick-mark';
import { fullTimeOf, shortTime } from '../ui/times';
import { previewOf } from './preview-of';

/** More than two lines have room for, whatever was pasted. */
const longestPreview = 300;

@Component({
  selector: 'app-conversation-row',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Avatar, Icon, RouterLink, TickMark],
  templateUrl: './conversation-row.html',
  styleUrl: './conversation-row.css',
})
export class ConversationRow {
  private readonly now = inject(Now);
  readonly conversation = input.required<ConversationPartsFragment>();
  readonly isOpen = input(false);
  /** Whether the Tab key stops here; the arrow keys go to the other rows. */
  readonly isTabStop = input(true);
  /** It does not ring in this browser. */
  readonly isQuiet = input(false);
  /** What was written here and not sent. */
  readonly draft = input<string | null>(null);
  /** What was sent here and has not got to the server. */
  readonly unsent = input<Outgoing | null>(null);

  protected readonly draftStart = computed(() => this.draft()?.slice(0, longestPreview) ?? null);

  /** What the list was searched for; marked in the name, or shown as the number that it is a part of. */
  readonly search = input('');

  private readonly link = viewChild.required<ElementRef<HTMLElement>>('link');
  /** In a name that is the number itself the hit is marked there. */
  private readonly numberParts = computed(() => {
    const { contact } = this.conversation();
    return numberHit(contact.phoneNumber, this.search());
  });
  private readonly isNamedByNumber = computed(() => {
    const { displayName, phoneNumber } = this.conversation().contact;
    return phoneNumber !== null && displayName === shownNumber(phoneNumber);
  });
  protected readonly nameParts = computed(
    () =>
      (this.isNamedByNumber() ? this.numberParts() : null) ??
      textParts(this.conversation().contact.displayName, this.search()),
  );
  protected readonly number = computed(() => (this.isNamedByNumber() ? null : this.numberParts()));
  protected readonly preview = computed(() => previewOf(this.conversation(), this.unsent()));
  private readonly at = computed(() => Date.parse(this.conversation().lastActivityAt));
  protected readonly time = computed(() => shortTime(this.at(), this.now.value()));
  protected readonly fullTime = computed(() => fullTimeOf(this.at()));
  protected readonly unread = computed(() => {
    const count = this.conversation().unreadCount;
    return count > 999 ? `${inDigits(999)}+` : inDigits(count);
  });

  focus(): void {
    this.link().nativeElement.focus({ preventScroll: true });
  }
}
