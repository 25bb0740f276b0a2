import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { Icon } from '../ui/icon';
import { inDigits } from '../ui/numbers';
import { LiveUpdates } from './live-updates';
import { lightOf, warningsBeside } from './light-of';
import { ServerHealth } from './server-health';

interface Notice {
  readonly colour: string;
  readonly title: string | null;
  readonly text: string;
}

/** What the light means and what to do about it, while there is something to do. One at a time: chats need the room. */
@Component({
  selector: 'app-connection-notice',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  templateUrl: './connection-notice.html',
  styleUrl: './connection-notice.css',
})
export class ConnectionNotice {
  private readonly live = inject(LiveUpdates);
  private readonly server = inject(ServerHealth);
  private readonly light = computed(() => lightOf(this.live.state(), this.server.health()));
  private readonly notices = computed<readonly Notice[]>(() => {
    const { colour, label: title, advice } = this.light();
    const warnings = warningsBeside(this.light(), this.server.health());
    return [
      ...(advice === null ? [] : [{ colour, title, text: advice }]),
      ...warnings.map((text) => ({ colour: 'amber', title: null, text })),
    ];
  });

  protected readonly inDigits = inDigits;
  protected readonly areAllShown = signal(false);
  protected readonly shown = computed(() =>
    this.areAllShown() ? this.notices() : this.notices().slice(0, 1),
  );
  /** How many there are after the first one. */
  protected readonly others = computed(() => Math.max(0, this.notices().length - 1));
}
