import { signal } from '@angular/core';
import { Subject } from 'rxjs';
import type { Observable, Subscription } from 'rxjs';
import type { InboxEventsSubscription } from '../graphql/graphql';
import { WakeUp, retryDelayMs } from '../ui/wake-up';

export type LiveEvent = InboxEventsSubscription['messageEvents'];

export type LiveState =
  /** The first connection of this page is being made. */
  | 'connecting'
  /** Connected again; what happened meanwhile is coming in. */
  | 'catching-up'
  | 'live'
  | 'offline';

export interface LiveUpdatesOptions {
  /** Opens the stream of events later than `after`; it ends or fails with its socket. */
  readonly open: (after: string | null) => Observable<LiveEvent>;
  /** Settles when the server has answered something asked now: what was missed is in by then. */
  readonly roundTrip: () => Promise<unknown>;
  /** Called when a connection is lost or refused: the reason may be that we are signed out. */
  readonly onLost?: () => void;
}

/**
 * The events of the inbox, each once and in order, for as long as the page is open. The place in the
 * stream is kept here, and every connection resumes from it, however many it takes.
 */
export class LiveUpdates {
  private readonly options: LiveUpdatesOptions;
  private readonly wakeUp = new WakeUp();
  private readonly arrived = new Subject<LiveEvent>();
  private readonly restarted = new Subject<void>();
  private readonly begun = new Subject<void>();
  private readonly opened = new Subject<void>();
  private readonly current = signal<LiveState>('connecting');
  private cursor: string | null = null;
  private failures = 0;
  private connection = 0;
  private isRunning = false;
  /** What was asked before the first connection is so new that nobody has to catch up. */
  private isFresh = false;
  private subscription: Subscription | null = null;

  /** Changes of messages and conversations. */
  readonly events = this.arrived.asObservable();
  /** The stream began anew: whatever was loaded before may have missed something. */
  readonly resyncs = this.restarted.asObservable();
  /** The stream begins at a place: whatever was asked before that was known may have missed something. */
  readonly beginnings = this.begun.asObservable();
  /** The server is there (again). */
  readonly connections = this.opened.asObservable();
  readonly state = this.current.asReadonly();

  constructor(options: LiveUpdatesOptions) {
    this.options = options;
  }

  /** From the place in the stream where the server has just been asked for what there is, or else from now. */
  start(after: string | null = null): void {
    if (this.isRunning) return;
    this.isRunning = true;
    this.cursor = after;
    this.isFresh = after !== null;
    if (this.isFresh) this.begun.next();
    this.connect();
  }

  stop(): void {
    this.isRunning = false;
    this.subscription?.unsubscribe();
    this.subscription = null;
    this.wakeUp.wake();
    this.cursor = null;
    this.current.set('connecting');
  }

  /** Tries again now rather than after the delay: the network is back, or a person looks. */
  wake(): void {
    this.wakeUp.wake();
  }

  /** The socket of the stream is open and accepted. */
  connected(): void {
    this.failures = 0;
    this.opened.next();
    if (this.isFresh) {
      this.isFresh = false;
      this.current.set('live');
      return;
    }
    const connection = this.connection;
    if (this.cursor !== null) this.current.set('catching-up');
    void this.options
      .roundTrip()
      .catch(() => undefined)
      .then(() => {
        if (connection === this.connection && this.current() === 'catching-up') {
          this.current.set('live');
        }
      });
  }

  private connect(): void {
    const connection = ++this.connection;
    const lose = (): void => {
      if (connection === this.connection) void this.reconnect();
    };
    this.subscription = this.options.open(this.cursor).subscribe({
      next: (event) => {
        this.receive(event);
      },
      error: lose,
      complete: lose,
    });
  }

  private receive(event: LiveEvent): void {
    this.cursor = event.cursor;
    if (event.type === 'READY' || event.type === 'RESYNC') {
      this.current.set('live');
      this.restarted.next();
    } else {
      this.arrived.next(event);
    }
  }

  private async reconnect(): Promise<void> {
    this.connection += 1;
    this.isFresh = false;
    this.subscription = null;
    if (!this.isRunning) return;
    this.failures += 1;
    this.current.set('offline');
    this.options.onLost?.();
    const connection = this.connection;
    await this.wakeUp.wait(retryDelayMs(this.failures));
    if (this.isStill(connection)) this.connect();
  }

  private isStill(connection: number): boolean {
    return this.isRunning && connection === this.connection;
  }
}

export interface LoadOptions<T> {
  readonly events: Observable<LiveEvent>;
  readonly load: () => Promise<T>;
  readonly apply: (loaded: T) => void;
  readonly reapply: (event: LiveEvent) => void;
}

/**
 * Loads something and applies it, then again the events that arrived meanwhile: the answer may have
 * been made before them. An event carries the present state, so that applying it twice does no harm.
 */
export async function loadBesideEvents<T>(options: LoadOptions<T>): Promise<void> {
  const meanwhile: LiveEvent[] = [];
  const subscription = options.events.subscribe((event) => meanwhile.push(event));
  try {
    options.apply(await options.load());
    meanwhile.forEach(options.reapply);
  } finally {
    subscription.unsubscribe();
  }
}
