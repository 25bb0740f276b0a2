import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { LiveUpdates } from './live-updates';
import { lightOf } from './light-of';
import { ServerHealth } from './server-health';

/** Over a chat that has the page to itself: the words of the light, while they are more than "Connected". */
@Component({
  selector: 'app-connection-strip',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@if (isShown()) {
    <span class="words" [class]="light().colour">{{ light().label }}</span>
  }`,
  // Always there, so that a screen reader hears what comes into it.
  host: { role: 'status' },
  styles: `
    .words {
      display: block;
      padding: 0.25rem 1rem;
      font-size: 0.8125rem;
      text-align: center;
      background: var(--warn-surface);
      color: var(--warn-ink);
      border-block-end: 1px solid var(--line);
    }
    .red {
      background: var(--danger-surface);
      color: var(--danger-ink);
    }
    @media (width >= 48rem) {
      :host {
        display: none;
      }
    }
  `,
})
export class ConnectionStrip {
  private readonly live = inject(LiveUpdates);
  private readonly server = inject(ServerHealth);
  protected readonly light = computed(() => lightOf(this.live.state(), this.server.health()));
  /** The first connection takes a moment: nothing is wrong by then. */
  protected readonly isShown = computed(() => {
    const { colour } = this.light();
    return colour === 'red' || colour === 'amber';
  });
}
