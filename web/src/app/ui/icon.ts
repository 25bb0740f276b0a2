import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { iconPaths } from './icon-paths';
import type { IconName } from './icon-paths';

/** A drawing beside words that say the same; alone, it gets a `label`. */
@Component({
  selector: 'app-icon',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<svg
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.9"
    stroke-linecap="round"
    stroke-linejoin="round"
    [attr.role]="label() === null ? null : 'img'"
    [attr.aria-label]="label()"
    [attr.aria-hidden]="label() === null ? 'true' : null"
  >
    <path [attr.d]="path()" />
  </svg>`,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      inline-size: 1.5rem;
      block-size: 1.5rem;
    }
    svg {
      inline-size: 100%;
      block-size: 100%;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  readonly label = input<string | null>(null);
  protected readonly path = computed(() => iconPaths[this.name()]);
}
