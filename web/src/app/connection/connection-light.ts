import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { LiveUpdates } from './live-updates';
import { lightOf } from './light-of';
import { ServerHealth } from './server-health';

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
  private readonly live = inject(LiveUpdates);
  private readonly server = inject(ServerHealth);
  protected readonly light = computed(() => lightOf(this.live.state(), this.server.health()));
}
