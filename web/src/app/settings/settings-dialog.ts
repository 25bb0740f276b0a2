import { ChangeDetectionStrategy, Component, output } from '@angular/core';
import { Sheet } from '../ui/sheet';
import { LanguageSetting } from './language-setting';
import { NotificationSetting } from './notification-setting';
import { ThemeSetting } from './theme-setting';

/** What a person can set in this browser, for themselves. */
@Component({
  selector: 'app-settings-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [LanguageSetting, NotificationSetting, Sheet, ThemeSetting],
  template: `<app-sheet heading="Settings" i18n-heading (closed)="closed.emit()">
    <app-notification-setting />
    <app-theme-setting />
    <app-language-setting />
    <p>
      <button type="button" class="plain" (click)="shortcuts.emit()" i18n>
        Keyboard shortcuts
      </button>
    </p>
  </app-sheet>`,
  styles: `
    p {
      margin: 1rem 0 0;
    }
    button {
      margin-inline-start: -1.1rem;
    }
  `,
})
export class SettingsDialog {
  readonly closed = output();
  /** Show what the keys do, in place of this. */
  readonly shortcuts = output();
}
