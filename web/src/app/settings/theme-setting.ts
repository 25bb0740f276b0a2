import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Theme, themes } from './theme';
import type { ThemeName } from './theme';

@Component({
  selector: 'app-theme-setting',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<fieldset>
    <legend i18n>Colours</legend>
    @for (name of themes; track name) {
      <label>
        <input
          type="radio"
          name="theme"
          [value]="name"
          [checked]="theme.current() === name"
          (change)="theme.choose(name)"
        />
        {{ nameOf(name) }}
      </label>
    }
  </fieldset>`,
  styleUrl: './setting.css',
})
export class ThemeSetting {
  protected readonly theme = inject(Theme);
  protected readonly themes = themes;

  protected nameOf(theme: ThemeName): string {
    switch (theme) {
      case 'system':
        return $localize`As the system`;
      case 'light':
        return $localize`:colours|:Light`;
      case 'dark':
        return $localize`:colours|:Dark`;
    }
  }
}
