import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { iconPaths } from './icon-paths';
import type { IconName } from './icon-paths';

const directed: ReadonlySet<IconName> = new Set(['back', 'exit', 'send']);

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
  host: { '[class.directed]': 'isDirected()' },
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
    /* What points along the line of writing. */
    :host(.directed:dir(rtl)) svg {
      transform: scaleX(-1);
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  readonly label = input<string | null>(null);
  protected readonly isDirected = computed(() => directed.has(this.name()));
  protected readonly path = computed(() => iconPaths[this.name()]);
}
