import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { Icon } from './icon';
import type { Tick } from './tick-of';

@Component({
  selector: 'app-tick-mark',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `<app-icon [name]="tick().icon" [label]="tick().label" />`,
  host: { '[class]': 'tick().tone' },
  styles: `
    :host {
      display: inline-flex;
      color: var(--ink-soft);
    }
    :host(.read) {
      color: var(--tick-read);
    }
    :host(.failed) {
      color: var(--danger);
    }
    :host(.doubtful) {
      color: var(--warn);
    }
    app-icon {
      inline-size: 1.05rem;
      block-size: 1.05rem;
    }
  `,
})
export class TickMark {
  readonly tick = input.required<Tick>();
}
