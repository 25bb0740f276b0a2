import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon } from './icon';
import { shownLocale } from './shown-locale';

const hues = 8;

/** Up to two initials; empty for a bare number. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).map((word) => /\p{L}/u.exec(word)?.[0] ?? '');
  const letters = words.filter((letter) => letter !== '');
  const [first = ''] = letters;
  const last = letters.length > 1 ? (letters.at(-1) ?? '') : '';
  return (first + last).toLocaleUpperCase(shownLocale());
}

/** A number from 0 to 7 that stays the same for the same id. */
export function hueOf(id: string): number {
  return Array.from(id).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % hues;
}

/** A round sign for a person: decoration beside the name. */
@Component({
  selector: 'app-avatar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `@if (initials(); as letters) {
      {{ letters }}
    } @else {
      <app-icon name="contact" />
    }`,
  host: { '[class]': '"hue-" + hue()', 'aria-hidden': 'true' },
  styleUrl: './avatar.css',
})
export class Avatar {
  readonly name = input.required<string>();
  readonly id = input.required<string>();
  protected readonly initials = computed(() => initialsOf(this.name()));
  protected readonly hue = computed(() => hueOf(this.id()));
}
