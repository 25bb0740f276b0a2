import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { Icon } from '../ui/icon';
import { LiveUpdates } from './live-updates';
import { lightOf, warningsBeside } from './light-of';
import { ServerHealth } from './server-health';

/** What the light means and what to do about it, while there is something to do. */
@Component({
  selector: 'app-connection-notice',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `@if (light().advice; as advice) {
      <section class="notice" [class]="light().colour" aria-label="Connection" i18n-aria-label>
        <app-icon name="warning" />
        <p>
          <strong>{{ light().label }}</strong>
          {{ advice }}
        </p>
      </section>
    }
    @for (warning of warnings(); track warning) {
      <section class="notice amber" aria-label="Warning" i18n-aria-label>
        <app-icon name="warning" />
        <p>{{ warning }}</p>
      </section>
    }`,
  styleUrl: './connection-notice.css',
})
export class ConnectionNotice {
  private readonly live = inject(LiveUpdates);
  private readonly server = inject(ServerHealth);
  protected readonly light = computed(() => lightOf(this.live.state(), this.server.health()));
  protected readonly warnings = computed(() => warningsBeside(this.light(), this.server.health()));
}
