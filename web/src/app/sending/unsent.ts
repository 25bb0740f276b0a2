import { Injectable, computed, inject } from '@angular/core';
import { LiveUpdates } from '../connection/live-updates';
import { Now } from '../ui/now';
import { SendQueue } from './send-queue';
import type { Outgoing } from './send-queue';

/** With a connection a message is accepted sooner, as a rule. Looked at with each tick of `Now`. */
const soonMs = 3_000;

/** What this browser alone has of each chat, where a person would wonder: it waits, or was refused. */
@Injectable({ providedIn: 'root' })
export class Unsent {
  private readonly live = inject(LiveUpdates);
  private readonly now = inject(Now);
  private readonly queue = inject(SendQueue);

  /** The newest one of each chat. */
  readonly newest = computed<ReadonlyMap<string, Outgoing>>(() => {
    const isConnected = this.live.state() === 'live';
    const isOnItsWay = ({ createdAtMs, refusal }: Outgoing) =>
      isConnected && refusal === null && this.now.value() - createdAtMs < soonMs;
    const items = this.queue.items().filter((item) => !isOnItsWay(item));
    return new Map(items.map((item) => [item.conversationId, item]));
  });
}
