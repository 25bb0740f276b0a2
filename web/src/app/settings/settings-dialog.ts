import { ChangeDetectionStrategy, Component, output } from '@angular/core';
import { Sheet } from '../ui/sheet';
import { LanguageSetting } from './language-setting';
import { ThemeSetting } from './theme-setting';

/** What a person can set in this browser, for themselves. */
@Component({
  selector: 'app-settings-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [LanguageSetting, Sheet, ThemeSetting],
  template: `<app-sheet heading="Settings" i18n-heading (closed)="closed.emit()">
    <app-theme-setting />
    <app-language-setting />
  </app-sheet>`,
})
export class SettingsDialog {
  readonly closed = output();
}
