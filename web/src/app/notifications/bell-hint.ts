import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { Icon } from '../ui/icon';
import { keepPreference, readPreference } from '../ui/preferences';
import { Notifications } from './notifications';

/** Offers notifications once; nothing is asked of the browser before somebody presses the button. */
@Component({
  selector: 'app-bell-hint',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `@if (notifications.permission() === 'default' && !isDismissed()) {
    <div class="hint" role="group" aria-label="Notifications" i18n-aria-label>
      <app-icon name="bell" />
      <p i18n>Be told of new messages at once.</p>
      <button type="button" class="small" (click)="notifications.ask()" i18n>Turn on</button>
      <button
        type="button"
        class="icon-button"
        aria-label="Not now"
        i18n-aria-label
        title="Not now"
        i18n-title
        (click)="dismiss()"
      >
        <app-icon name="close" />
      </button>
    </div>
  }`,
  styleUrl: './bell-hint.css',
})
export class BellHint {
  protected readonly notifications = inject(Notifications);
  protected readonly isDismissed = signal(readPreference('bell-hint') === 'off');

  protected dismiss(): void {
    this.isDismissed.set(true);
    keepPreference('bell-hint', 'off');
  }
}
