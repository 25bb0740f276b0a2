import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { CurrentLight } from './current-light';

/** The small light with its words, in the header. */
@Component({
  selector: 'app-connection-light',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<span class="dot" [class]="light().colour" aria-hidden="true"></span>
    <span class="words">{{ light().label }}</span>`,
  host: { role: 'status', '[attr.data-light]': 'light().colour' },
  styleUrl: './connection-light.css',
})
export class ConnectionLight {
  protected readonly light = inject(CurrentLight).value;
}
