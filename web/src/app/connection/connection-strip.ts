import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { CurrentLight } from './current-light';

/** Over a chat that has the page to itself: the words of the light, while they are more than "Connected". */
@Component({
  selector: 'app-connection-strip',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@if (isShown()) {
    <span class="words" [class]="light().colour">{{ light().label }}</span>
  }`,
  // There before its words, so that a screen reader hears them come while a chat is open.
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
  protected readonly light = inject(CurrentLight).value;
  /** The first connection takes a moment: nothing is wrong by then. */
  protected readonly isShown = computed(() => {
    const { colour } = this.light();
    return colour === 'red' || colour === 'amber';
  });
}
