import { DOCUMENT, Injectable, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import { filter, fromEvent, merge, throttleTime } from 'rxjs';
import { Drafts } from '../composer/drafts';
import { SendQueue } from '../sending/send-queue';
import { UnreadTotal } from '../conversation-list/unread-total';
import { isHealthSign } from '../connection/health-sign';
import { LiveUpdates } from '../connection/live-updates';
import { ServerHealth } from '../connection/server-health';
import { DesktopNotices } from '../notifications/desktop-notices';
import { Offline } from '../offline/offline';
import { OtherWindows } from './other-windows';
import { inTime } from '../ui/in-time';
import { LocalStore } from '../ui/local-store';
import { nextTask } from '../ui/next-task';
import { whenIdle } from '../ui/when-idle';
import { Reload } from '../update/reload';
import { FirstAnswer } from './first-answer';

/** As a rule the answer is there with the scripts. Where it takes longer, what is kept is shown first. */
const answerWithinMs = 50;

/** At most one question about the server's health in this time, however many messages fail. */
const lookAgainMs = 1_000;

/** Keeps the parts of the inbox going together: what came confirms what was sent, what wakes one wakes all. */
@Injectable({ providedIn: 'root' })
export class Upkeep {
  private readonly drafts = inject(Drafts);
  private readonly health = inject(ServerHealth);
  private readonly live = inject(LiveUpdates);
  private readonly offline = inject(Offline);
  private readonly notices = inject(DesktopNotices);
  private readonly others = inject(OtherWindows);
  private readonly queue = inject(SendQueue);
  private readonly reload = inject(Reload);
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
    this.others.signOuts.pipe(takeUntilDestroyed()).subscribe(() => void this.hearSignOut());
  }

  /** Signed in, or no sign-in is asked for. */
  start(): void {
    this.health.start();
    this.queue.resume();
    void this.goLive();
  }

  /** The session has ended: what is kept of it is forgotten; what a person wrote waits for the next one. */
  stop(): Promise<void> {
    this.rest();
    return this.offline.forget();
  }

  private rest(): void {
    this.run += 1;
    this.live.stop();
    this.health.stop();
    this.queue.pause();
    this.notices.closeAll();
  }

  /** From where the first answer was read on, or what is kept: nothing has to be asked twice. */
  private async goLive(): Promise<void> {
    const run = ++this.run;
    const asking = this.first.ask();
    const knowUnread = this.unread.asking();
    // At once: what it warns of is drawn with the list, rather than pushing it down afterwards.
    void asking.then((answer) => {
      if (answer !== null && run === this.run) this.health.know(answer.health);
    });
    const soon = await inTime(asking, answerWithinMs);
    // The list is drawn first; without an answer, what is kept is waited for.
    await (soon === null ? nextTask() : whenIdle());
    if (run !== this.run) return;
    const kept = await this.offline.restore();
    if (run !== this.run) return;
    // What is kept catches up, whether there is an answer or not.
    if (kept !== null && kept.after !== null) this.live.start(kept);
    const answer = await asking;
    if (run !== this.run) return;
    if (answer !== null) knowUnread(answer.conversations.totalUnread);
    // Again the list first: the answer may have come only now.
    await nextTask();
    if (run !== this.run) return;
    this.live.start(
      answer === null ? kept : { after: answer.conversations.eventCursor, asOfMs: null },
    );
  }

  /** Leaves nothing of the inbox in this browser, nor in its other windows. */
  async signOut(): Promise<void> {
    this.others.tellSignedOut();
    this.store.clear();
    await this.stop();
    await this.leave();
  }

  /**
   * The window that tells of it empties what all share. One that hears of it late, since it slept, may find somebody
   * signed in again, whose drafts are not to be touched.
   */
  private async hearSignOut(): Promise<void> {
    this.rest();
    await this.leave();
  }

  /** What a window has in its memory ends with its page, whichever part has it. */
  private async leave(): Promise<void> {
    // What is still going on writes nothing down of what it had.
    this.queue.reload();
    this.drafts.reload();
    try {
      await this.router.navigateByUrl('/');
    } finally {
      this.reload.now();
    }
  }
}
