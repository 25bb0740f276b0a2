import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Icon } from '../ui/icon';
import { QuietChats } from './quiet-chats';

/** Whether this chat rings in this browser. */
@Component({
  selector: 'app-quiet-toggle',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `<button
    type="button"
    class="icon-button"
    aria-label="Quiet: this chat does not ring"
    i18n-aria-label
    [attr.aria-pressed]="isQuiet()"
    [title]="title()"
    (click)="quiet.toggle(conversationId())"
  >
    <app-icon [name]="isQuiet() ? 'bell-off' : 'bell'" />
  </button>`,
})
export class QuietToggle {
  protected readonly quiet = inject(QuietChats);
  readonly conversationId = input.required<string>();
  protected readonly isQuiet = computed(() => this.quiet.has(this.conversationId()));
  protected readonly title = computed(() =>
    this.isQuiet()
      ? $localize`This chat is quiet in this browser`
      : $localize`Keep this chat quiet in this browser`,
  );
}
