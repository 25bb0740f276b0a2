import { DOCUMENT, DestroyRef, Injectable, effect, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import { LiveUpdates } from '../connection/live-updates';
import type { LiveEvent } from '../connection/live-updates';
import { Attention } from '../ui/attention';
import { keepPreference, readPreference } from '../ui/preferences';
import { Chime } from './chime';
import { claim } from './claim';
import { DesktopNotices } from './desktop-notices';
import { QuietChats } from './quiet-chats';
import { ringOf } from './ring-of';
import type { Ring } from './ring-of';

/** A window that sees the chat is first; then one that may make a sound. */
const waitMs = { withSound: 150, withoutSound: 300 };

/** Tells of new messages by sound and by notices of the system, once in the whole browser. */
@Injectable({ providedIn: 'root' })
export class Notifications {
  private readonly attention = inject(Attention);
  private readonly live = inject(LiveUpdates);
  private readonly quiet = inject(QuietChats);
  private readonly router = inject(Router);
  private readonly document = inject(DOCUMENT);
  private readonly chime = inject(Chime);
  private readonly notices = inject(DesktopNotices);
  private readonly sound = signal(readPreference('sound') !== 'off');
  private readonly desktop = signal(readPreference('notices') !== 'off');
  private openId: string | null = null;

  readonly permission = this.notices.permission;
  readonly hasSound = this.sound.asReadonly();
  readonly hasNotices = this.desktop.asReadonly();

  constructor() {
    this.live.events.pipe(takeUntilDestroyed()).subscribe((event) => {
      void this.take(event);
    });
    effect(() => {
      if (!this.attention.isHere()) return;
      this.notices.look();
      if (this.openId !== null) this.notices.close(this.openId);
    });
    const unlock = (): void => {
      void this.chime.unlock();
    };
    const gestures = ['pointerdown', 'keydown'] as const;
    for (const gesture of gestures) this.document.addEventListener(gesture, unlock);
    inject(DestroyRef).onDestroy(() => {
      for (const gesture of gestures) this.document.removeEventListener(gesture, unlock);
    });
  }

  opened(conversationId: string | null): void {
    this.openId = conversationId;
    if (conversationId !== null) this.notices.close(conversationId);
  }

  /** In a gesture. */
  async ask(): Promise<void> {
    await this.notices.ask();
    if (this.permission() === 'granted') this.setNotices(true);
  }

  setNotices(isOn: boolean): void {
    this.desktop.set(isOn);
    keepPreference('notices', isOn ? null : 'off');
  }

  setSound(isOn: boolean): void {
    this.sound.set(isOn);
    keepPreference('sound', isOn ? null : 'off');
  }

  /** In a gesture; false where nothing can be heard. */
  async test(): Promise<boolean> {
    await this.chime.unlock();
    return this.chime.play();
  }

  private async take(event: LiveEvent): Promise<void> {
    // What was missed is told by the list and the title.
    if (this.live.state() === 'catching-up') return;
    const ring = ringOf(event, {
      openId: this.openId,
      isHere: this.attention.isHere(),
      isQuiet: (id) => this.quiet.has(id),
    });
    if (ring === null) return;
    if (!ring.isSeen) await this.letOthersGoFirst();
    const isOurs = await claim(ring.messageId, this.document.defaultView?.navigator.locks);
    if (isOurs && !ring.isSeen) this.ring(ring);
  }

  private ring(ring: Ring): void {
    if (this.sound()) this.chime.play();
    if (!this.desktop()) return;
    this.notices.show(ring, () => {
      this.document.defaultView?.focus();
      void this.router.navigate(['/chat', ring.conversationId]);
    });
  }

  private letOthersGoFirst(): Promise<void> {
    const ms = this.sound() && this.chime.isReady() ? waitMs.withSound : waitMs.withoutSound;
    return new Promise((resolve) => {
      setTimeout(resolve, ms);
    });
  }
}
