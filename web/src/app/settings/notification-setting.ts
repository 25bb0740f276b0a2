import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { Notifications } from '../notifications/notifications';

/** Whether and how new messages are told of in this browser. */
@Component({
  selector: 'app-notification-setting',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<fieldset>
    <legend i18n>Notifications</legend>
    @switch (notifications.permission()) {
      @case ('granted') {
        <label>
          <input
            #notices
            type="checkbox"
            [checked]="notifications.hasNotices()"
            (change)="notifications.setNotices(notices.checked)"
          />
          <ng-container i18n>Show new messages on this device</ng-container>
        </label>
      }
      @case ('default') {
        <p class="line">
          <button type="button" class="primary" (click)="notifications.ask()" i18n>
            Turn on notifications
          </button>
        </p>
        <p class="note" i18n>The browser will ask you once. You can turn them off again here.</p>
      }
      @case ('denied') {
        <p class="note" i18n>
          This browser blocks notifications of the inbox. Allow them in its settings for this page,
          beside the address, and load the page again.
        </p>
      }
      @case ('missing') {
        <p class="note" i18n>
          This browser shows no notifications here. They need a page that is opened by https.
        </p>
      }
    }
    <div class="line">
      <label>
        <input
          #sound
          type="checkbox"
          [checked]="notifications.hasSound()"
          (change)="notifications.setSound(sound.checked)"
        />
        <ng-container i18n>Play a sound for new messages</ng-container>
      </label>
      <button type="button" class="small" (click)="test()" i18n>Test sound</button>
    </div>
    @if (isSilent()) {
      <p class="problem" role="alert" i18n>
        The browser plays no sound here. Check the volume, and whether this tab is muted.
      </p>
    }
  </fieldset>`,
  styleUrl: './setting.css',
})
export class NotificationSetting {
  protected readonly notifications = inject(Notifications);
  protected readonly isSilent = signal(false);

  protected async test(): Promise<void> {
    this.isSilent.set(!(await this.notifications.test()));
  }
}
