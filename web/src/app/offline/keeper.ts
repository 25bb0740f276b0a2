import { most } from './kept-inbox';
import type { KeptInbox } from './kept-inbox';
import type { InboxDatabase, WriteRequest } from './inbox-database';

/** Changes are written together, this long after the first of them. */
const writeAfterMs = 2_000;
/** After an error that may pass by itself: a database that is being closed, a disk that is busy. */
const againAfterMs = 30_000;
/** Where not even a part of it found room. */
const fullForMs = 10 * 60_000;
/** What nobody has looked at for so long is not shown again. */
const keptForMs = 7 * 24 * 60 * 60_000;

export interface KeeperOptions {
  readonly database: Pick<InboxDatabase, 'read' | 'write' | 'clear'>;
  /** What is to be kept now; null while it is not complete. */
  readonly take: () => WriteRequest | null;
  /** Of the pages of a browser one writes. */
  readonly isWriter: () => boolean;
  /** Whether a person who is at this browser may see it. */
  readonly maySee: (kept: KeptInbox) => boolean;
  readonly now: () => number;
  /** Calls back when there is nothing better to do. */
  readonly whenIdle: (work: () => void) => void;
}

/** Keeps the inbox in this browser while it changes, and gives it back at the next start. */
export class Keeper {
  private readonly options: KeeperOptions;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isOn = false;
  private isFull = false;
  private waitMs = writeAfterMs;
  /** Writes and what forgets them, one after the other. */
  private working: Promise<void> = Promise.resolve();

  constructor(options: KeeperOptions) {
    this.options = options;
  }

  /** From now on changes are kept. Null where there is nothing to show, or the browser keeps nothing. */
  async start(): Promise<KeptInbox | null> {
    // Of the sign-in before, the forgetting may still be under way.
    await this.working;
    this.isOn = true;
    const { database, maySee, now } = this.options;
    try {
      const kept = await database.read();
      if (kept === null || (now() - kept.asOfMs < keptForMs && maySee(kept))) return kept;
      await database.clear();
    } catch {
      // No IndexedDB, as in some private windows: the app works as it does at its first start.
      this.isOn = false;
    }
    return null;
  }

  changed(): void {
    if (!this.isOn || this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.options.whenIdle(() => {
        this.writeNow();
      });
    }, this.waitMs);
  }

  /** Without waiting: the page may be gone soon. */
  flush(): void {
    if (this.timer !== undefined) this.writeNow();
  }

  /** Writes nothing more, and forgets what was written. */
  forget(): Promise<void> {
    this.stop();
    this.working = this.working.then(() => this.clear());
    return this.working;
  }

  private async clear(): Promise<void> {
    try {
      await this.options.database.clear();
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }

  private stop(): void {
    this.isOn = false;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private writeNow(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.working = this.working.then(() => this.write());
  }

  private async write(): Promise<void> {
    if (!this.isOn || !this.options.isWriter()) return;
    try {
      const request = this.options.take();
      if (request === null) return;
      const isOurs = await this.options.database.write(this.isFull ? fewer(request) : request);
      if (!isOurs) this.stop();
      this.waitMs = writeAfterMs;
    } catch (error) {
      await this.makeRoom(error);
      this.changed();
    }
  }

  /** Fewer chats may fit; what is kept must not grow old unseen where they do not. */
  private async makeRoom(error: unknown): Promise<void> {
    const isForRoom = error instanceof DOMException && error.name === 'QuotaExceededError';
    if (!isForRoom) {
      this.waitMs = againAfterMs;
      return;
    }
    if (this.isFull) {
      this.waitMs = fullForMs;
      await this.clear();
    }
    this.isFull = true;
  }
}

function fewer({ kept, changed }: WriteRequest): WriteRequest {
  const conversations = kept.conversations.slice(0, most.conversations / 4);
  return { kept: { ...kept, conversations, chats: kept.chats.slice(-most.chats / 6) }, changed };
}
