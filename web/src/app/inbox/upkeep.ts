import { DOCUMENT, Injectable, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import { Apollo } from 'apollo-angular';
import { filter, fromEvent, merge, throttleTime } from 'rxjs';
import { Drafts } from '../composer/drafts';
import { SendQueue } from '../composer/send-queue';
import { Conversations } from '../conversation-list/conversations';
import { UnreadTotal } from '../conversation-list/unread-total';
import { isHealthSign } from '../connection/health-sign';
import { LiveUpdates } from '../connection/live-updates';
import { ServerHealth } from '../connection/server-health';
import { LocalStore } from '../ui/local-store';
import { nextTask } from '../ui/next-task';
import { FirstAnswer } from './first-answer';

/** At most one question about the server's health in this time, however many messages fail. */
const lookAgainMs = 1_000;

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
  private readonly first = inject(FirstAnswer);
  private readonly unread = inject(UnreadTotal);
  /** Counts starts and stops: an answer to a former start comes too late. */
  private run = 0;

  constructor() {
    const document = inject(DOCUMENT);
    this.live.events.pipe(takeUntilDestroyed()).subscribe(({ message }) => {
      if (message?.clientMessageId != null) {
        this.queue.confirm(message.clientMessageId, message.id);
      }
    });
    this.live.connections.pipe(takeUntilDestroyed()).subscribe(() => {
      this.queue.resume();
    });
    this.live.events
      .pipe(
        filter((event) => isHealthSign(event, this.health.health())),
        throttleTime(lookAgainMs, undefined, { leading: true, trailing: true }),
        takeUntilDestroyed(),
      )
      .subscribe(() => void this.health.look());
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
    this.health.start();
    this.queue.resume();
    void this.goLive();
  }

  /** The session has ended. */
  stop(): void {
    this.run += 1;
    this.live.stop();
    this.health.stop();
    this.queue.pause();
  }

  /** From where the first answer was read on: nothing has to be asked twice. */
  private async goLive(): Promise<void> {
    const run = ++this.run;
    const answer = await this.first.ask();
    if (run !== this.run) return;
    if (answer !== null) {
      this.health.know(answer.health);
      this.unread.know(answer.conversations.totalUnread);
    }
    // The list is drawn first.
    await nextTask();
    if (run === this.run) this.live.start(answer?.conversations.eventCursor ?? null);
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
