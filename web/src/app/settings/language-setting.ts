import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { languages } from '../../locale/languages';
import { keepPreference, readPreference } from '../ui/preferences';
import { Reload } from '../update/reload';

/** The languages call themselves by their own names, so that everybody finds theirs. */
@Component({
  selector: 'app-language-setting',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<form (submit)="$event.preventDefault(); apply(choice.value)">
    <label for="language" i18n>Language</label>
    <div class="line">
      <select #choice id="language" aria-describedby="language-note">
        <option value="" [selected]="chosen === ''" i18n>As the browser</option>
        @for (language of languages; track language.code) {
          <option
            [value]="language.code"
            [attr.lang]="language.code"
            [selected]="chosen === language.code"
          >
            {{ language.name }}
          </option>
        }
      </select>
      <button type="submit" class="primary" i18n>Apply</button>
    </div>
    <p class="note" id="language-note" i18n>
      The page is loaded again for it; what you have written is kept.
    </p>
    @if (isRefused()) {
      <p class="problem" role="alert" i18n>
        This browser keeps no settings for the inbox: allow it to store data here.
      </p>
    }
  </form>`,
  styleUrl: './setting.css',
})
export class LanguageSetting {
  private readonly reload = inject(Reload);
  protected readonly languages = languages;
  protected readonly chosen = readPreference('language') ?? '';
  protected readonly isRefused = signal(false);

  protected apply(code: string): void {
    const isKept = keepPreference('language', code === '' ? null : code);
    this.isRefused.set(!isKept);
    if (isKept) this.reload.now();
  }
}
