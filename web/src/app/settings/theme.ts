import { DOCUMENT, Injectable, inject, signal } from '@angular/core';
import { keepPreference, readPreference } from '../ui/preferences';

export const themes = ['system', 'light', 'dark'] as const;
export type ThemeName = (typeof themes)[number];

/** Light or dark, by the system or as a person chose it here. index.html applies the choice on loading. */
@Injectable({ providedIn: 'root' })
export class Theme {
  private readonly document = inject(DOCUMENT);
  private readonly chosen = signal<ThemeName>(
    themes.find((theme) => theme === readPreference('theme')) ?? 'system',
  );
  readonly current = this.chosen.asReadonly();

  choose(theme: ThemeName): void {
    this.chosen.set(theme);
    keepPreference('theme', theme === 'system' ? null : theme);
    const root = this.document.documentElement;
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
    for (const colour of this.document.querySelectorAll<HTMLMetaElement>('meta[data-scheme]')) {
      const scheme = colour.dataset['scheme'] ?? '';
      colour.media =
        theme === 'system' ? `(prefers-color-scheme: ${scheme})` : mediaOf(theme === scheme);
    }
  }
}

function mediaOf(isShown: boolean): string {
  return isShown ? 'all' : 'not all';
}
