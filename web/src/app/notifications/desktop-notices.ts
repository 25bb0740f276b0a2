import { signal } from '@angular/core';
import type { Ring } from './ring-of';

/** `missing`: this browser, or a page that did not come by HTTPS, has none. */
export type NoticePermission = NotificationPermission | 'missing';

type NoticeMaker = Pick<typeof Notification, 'permission' | 'requestPermission'> &
  (new (title: string, options: NotificationOptions) => Notification);

/** Notices of the system, which are seen beside other programs, too. */
export class DesktopNotices {
  private readonly maker: NoticeMaker | undefined;
  private readonly permitted = signal<NoticePermission>('missing');
  private readonly shown = new Map<string, Notification>();
  readonly permission = this.permitted.asReadonly();

  constructor(maker: NoticeMaker | undefined = globalThis.Notification) {
    this.maker = maker;
    this.look();
    // A click on them would lead nowhere any more.
    globalThis.addEventListener('pagehide', () => {
      this.closeAll();
    });
  }

  /** People change it in the browser's own settings, too. */
  look(): void {
    this.permitted.set(this.maker?.permission ?? 'missing');
  }

  /** Only in a gesture: browsers refuse, and people resent, anything else. */
  async ask(): Promise<void> {
    await this.maker?.requestPermission();
    this.look();
  }

  /** One for each chat; a newer message takes the place of the former. */
  show({ conversationId, name, text }: Ring, open: () => void): void {
    if (this.maker?.permission !== 'granted') return;
    try {
      const notice = new this.maker(name, { body: text, tag: conversationId, icon: 'favicon.svg' });
      this.shown.set(conversationId, notice);
      notice.onclick = () => {
        open();
        notice.close();
      };
    } catch {
      // Some phones allow them to service workers only.
      this.permitted.set('missing');
    }
  }

  /** The chat has been opened. */
  close(conversationId: string): void {
    this.shown.get(conversationId)?.close();
    this.shown.delete(conversationId);
  }

  /** What they say is for nobody without a session. */
  closeAll(): void {
    for (const conversationId of this.shown.keys()) this.close(conversationId);
  }
}
