import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { Icon } from '../ui/icon';
import { Now } from '../ui/now';
import { inDigits } from '../ui/numbers';
import { fullTimeOf, startOfDay, timeOfDay } from '../ui/times';
import { CurrentLight } from './current-light';
import { LiveUpdates } from './live-updates';
import { warningsBeside } from './light-of';
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
  private readonly now = inject(Now);
  private readonly light = inject(CurrentLight).value;
  private readonly notices = computed<readonly Notice[]>(() => {
    const { colour, label: title, advice } = this.light();
    const warnings = warningsBeside(this.light(), this.server.health());
    const text = advice === null ? null : [advice, ...this.asOf()].join(' ');
    return [
      ...(text === null ? [] : [{ colour, title, text }]),
      ...warnings.map((text) => ({ colour: 'amber', title: null, text })),
    ];
  });

  /** Up to when everything is shown that happened. */
  private readonly asOf = computed(() => {
    const ms = this.live.asOfMs();
    if (ms === null) return [];
    const isToday = startOfDay(ms) === startOfDay(this.now.value());
    const time = isToday ? timeOfDay(ms) : fullTimeOf(ms);
    return [$localize`Shown as of ${time}:time:.`];
  });

  protected readonly inDigits = inDigits;
  protected readonly areAllShown = signal(false);
  protected readonly shown = computed(() =>
    this.areAllShown() ? this.notices() : this.notices().slice(0, 1),
  );
  /** How many there are after the first one. */
  protected readonly others = computed(() => Math.max(0, this.notices().length - 1));
}
