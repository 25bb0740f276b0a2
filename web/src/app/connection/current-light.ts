import { Injectable, computed, inject } from '@angular/core';
import { LiveUpdates } from './live-updates';
import { lightOf } from './light-of';
import { ServerHealth } from './server-health';

/** What the connection light shows now, wherever it is told. */
@Injectable({ providedIn: 'root' })
export class CurrentLight {
  private readonly live = inject(LiveUpdates);
  private readonly server = inject(ServerHealth);
  readonly value = computed(() => lightOf(this.live.state(), this.server.health()));
}
