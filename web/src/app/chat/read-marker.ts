import { WakeUp, retryDelayMs } from '../ui/wake-up';

export interface ReadMarkerOptions {
  /** Marks everything up to this message as seen; false when the server could not be asked. */
  readonly mark: (upToMessageId: string) => Promise<boolean>;
}

/** What the reader has before them. */
export interface Sight {
  /** The window is in front and the end of the chat is in view. */
  readonly isWatched: boolean;
  readonly unreadCount: number;
  /** The newest message that is loaded; the server knows it. */
  readonly newestId: string | null;
}

/**
 * Tells the server, and through it the customer, that messages were seen: only while a person looks
 * at the end of the chat, once for each state of things, and again when the network failed.
 */
export class ReadMarker {
  private readonly options: ReadMarkerOptions;
  private readonly wakeUp = new WakeUp();
  private sight: Sight = { isWatched: false, unreadCount: 0, newestId: null };
  private isBusy = false;
  private isClosed = false;
  private done = '';

  constructor(options: ReadMarkerOptions) {
    this.options = options;
  }

  see(sight: Sight): void {
    this.sight = sight;
    void this.run();
  }

  close(): void {
    this.isClosed = true;
    this.wakeUp.wake();
  }

  private async run(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    let failures = 0;
    for (let due = this.due(); due !== null; due = this.due()) {
      const state = stateOf(this.sight);
      const isMarked = await this.options.mark(due);
      if (!isMarked) {
        failures += 1;
        await this.wakeUp.wait(retryDelayMs(failures));
      } else {
        failures = 0;
        this.done = state;
      }
    }
    this.isBusy = false;
  }

  private due(): string | null {
    const { isWatched, unreadCount, newestId } = this.sight;
    if (this.isClosed || !isWatched || unreadCount === 0) return null;
    return this.done === stateOf(this.sight) ? null : newestId;
  }
}

/** Some may stay unread whatever is marked, so that the same state is not asked about twice. */
function stateOf({ unreadCount, newestId }: Sight): string {
  return `${newestId ?? ''} ${String(unreadCount)}`;
}
