import { DOCUMENT, Injectable, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import { Apollo } from 'apollo-angular';
import { fromEvent, merge } from 'rxjs';
import { Drafts } from '../composer/drafts';
import { SendQueue } from '../composer/send-queue';
import { Conversations } from '../conversation-list/conversations';
import { LiveUpdates } from '../connection/live-updates';
import { ServerHealth } from '../connection/server-health';
import { LocalStore } from '../ui/local-store';

/** Keeps the parts of the inbox going together: what came confirms what was sent, what wakes one wakes all. */
@Injectable({ providedIn: 'root' })
export class Upkeep {
  private readonly apollo = inject(Apollo);
  private readonly conversations = inject(Conversations);
  private readonly drafts = inject(Drafts);
  private readonly health = inject(ServerHealth);
  private readonly live = inject(LiveUpdates);
  private readonly queue = inject(SendQueue);
  private readonly router = inject(Router);
  private readonly store = inject(LocalStore);

  constructor() {
    const document = inject(DOCUMENT);
    this.live.events.pipe(takeUntilDestroyed()).subscribe(({ message }) => {
      if (message?.clientMessageId != null) {
        this.queue.confirm(message.clientMessageId, message.id);
      }
    });
    this.live.connections.pipe(takeUntilDestroyed()).subscribe(() => {
      this.queue.resume();
      void this.health.look();
    });
    merge(
      fromEvent(window, 'online'),
      fromEvent(window, 'focus'),
      fromEvent(document, 'visibilitychange'),
    )
      .pipe(takeUntilDestroyed())
      .subscribe(() => {
        this.live.wake();
        this.queue.resume();
      });
  }

  /** Signed in, or no sign-in is asked for. */
  start(): void {
    this.live.start();
    this.health.start();
    void this.health.look();
    this.queue.resume();
  }

  /** The session has ended. */
  stop(): void {
    this.live.stop();
    this.health.stop();
    this.queue.pause();
  }

  /** Leaves nothing of the inbox in this browser. */
  async forget(): Promise<void> {
    this.stop();
    this.store.clear();
    this.queue.reload();
    this.drafts.reload();
    this.conversations.forget();
    await this.apollo.client.clearStore();
    await this.router.navigateByUrl('/');
  }
}
