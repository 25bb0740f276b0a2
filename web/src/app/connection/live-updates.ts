import { signal } from '@angular/core';
import { Subject } from 'rxjs';
import type { Observable, Subscription } from 'rxjs';
import type { InboxEventsSubscription } from '../graphql/graphql';
import { WakeUp, retryDelayMs } from '../ui/wake-up';
import { AliveUntil } from './alive-until';

export type LiveEvent = InboxEventsSubscription['messageEvents'];

export type LiveState =
  /** The first connection of this page is being made. */
  | 'connecting'
  /** Connected again; what happened meanwhile is coming in. */
  | 'catching-up'
  | 'live'
  | 'offline';

/** Where the events go on at the start of a page. */
export interface Beginning {
  /** Null: from now on. */
  readonly after: string | null;
  /** The time up to which everything is known, in epoch milliseconds; null: the server was asked just now. */
  readonly asOfMs: number | null;
}

/** A connection to the stream of events. */
export interface LiveSource {
  /** The events later than `after`; it ends or fails with its socket. */
  readonly open: (after: string | null) => Observable<LiveEvent>;
  /** The server has taken the connection. */
  readonly connections: Observable<void>;
  /** Nothing is wanted of it for now. */
  readonly rest: () => void;
}

export interface LiveUpdatesOptions {
  /** Opens the stream of events later than `after`; it ends or fails with its socket. */
  readonly open: (after: string | null) => Observable<LiveEvent>;
  /** The cursor of the newest event there is, asked now; null where the server gives none. */
  readonly head: () => Promise<string | null>;
  /** Called when a connection is lost or refused: the reason may be that we are signed out. */
  readonly onLost?: () => void;
  readonly onStop?: () => void;
}

/** For a head that is none of the events: while what was missed comes in, no two are further apart. */
const quietMs = 1_000;
/** So long the first of them may take, where there are any. */
const firstWithinMs = 3_000;
/** Where events never cease. */
const longestCatchUpMs = 6_000;

/**
 * The events of the inbox, each once and in order, for as long as the page is open. The place in the
 * stream is kept here, and every connection resumes from it, however many it takes.
 */
export class LiveUpdates {
  private readonly options: LiveUpdatesOptions;
  private readonly wakeUp = new WakeUp();
  private readonly alive = new AliveUntil();
  private readonly arrived = new Subject<LiveEvent>();
  private readonly restarted = new Subject<void>();
  private readonly begun = new Subject<void>();
  private readonly opened = new Subject<void>();
  private readonly current = signal<LiveState>('connecting');
  private readonly knownUntil = signal<number | null>(null);
  private cursor: string | null = null;
  private failures = 0;
  private connection = 0;
  private isRunning = false;
  /** The event with which all is in that was missed. */
  private head: string | null = null;
  /** Places of this connection, until that is known. */
  private readonly passed = new Set<string>();
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
  /** While not live: the time up to which everything is shown; null where nothing is. */
  readonly asOfMs = this.knownUntil.asReadonly();

  constructor(options: LiveUpdatesOptions) {
    this.options = options;
  }

  start(from: Beginning | null = null): void {
    if (this.isRunning) return;
    this.isRunning = true;
    this.cursor = from?.after ?? null;
    this.isFresh = from !== null && from.after !== null && from.asOfMs === null;
    this.knownUntil.set(from?.asOfMs ?? null);
    // The server was asked just now.
    this.alive.heard();
    if (this.isFresh) this.begun.next();
    this.connect();
  }

  /** How far the stream has brought this page. */
  place(): Beginning & { readonly asOfMs: number } {
    return { after: this.cursor, asOfMs: this.knownUntil() ?? this.alive.ms };
  }

  stop(): void {
    this.isRunning = false;
    this.subscription?.unsubscribe();
    this.subscription = null;
    this.wakeUp.wake();
    this.alive.stop();
    this.cursor = null;
    this.knownUntil.set(null);
    this.current.set('connecting');
    this.options.onStop?.();
  }

  /** Tries again now rather than after the delay: the network is back, or a person looks. */
  wake(): void {
    this.wakeUp.wake();
  }

  /** The socket of the stream is open and accepted. */
  connected(): void {
    this.failures = 0;
    this.alive.heard();
    this.opened.next();
    if (this.isFresh) {
      this.isFresh = false;
      this.beLive();
      return;
    }
    if (this.cursor === null) return;
    this.current.set('catching-up');
    void this.catchUp(this.connection, this.cursor);
  }

  private async catchUp(connection: number, from: string): Promise<void> {
    const isWaiting = (): boolean => this.isStill(connection) && this.current() === 'catching-up';
    this.head = null;
    this.passed.clear();
    this.passed.add(from);
    const head = await this.options.head().catch(() => null);
    if (!isWaiting()) return;
    if (head !== null && this.passed.has(head)) {
      this.beLive();
      return;
    }
    this.head = head;
    const startedAtMs = Date.now();
    const isOver = (limitMs: number): boolean => Date.now() - startedAtMs >= limitMs;
    for (let before: string | null = null; !isOver(longestCatchUpMs);) {
      const isQuiet = this.cursor === before;
      if (isQuiet && (this.cursor !== from || isOver(firstWithinMs))) break;
      before = this.cursor;
      await pause(quietMs);
      if (!isWaiting()) return;
    }
    this.beLive();
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
    this.alive.heard();
    if (event.type === 'READY' || event.type === 'RESYNC') {
      this.beLive();
      this.restarted.next();
    } else {
      this.arrived.next(event);
      if (this.current() !== 'catching-up') return;
      if (event.cursor === this.head) this.beLive();
      else this.passed.add(event.cursor);
    }
  }

  private async reconnect(): Promise<void> {
    this.connection += 1;
    this.isFresh = false;
    this.subscription = null;
    if (!this.isRunning) return;
    this.failures += 1;
    if (this.current() === 'live') this.knownUntil.set(this.alive.ms);
    this.current.set('offline');
    this.options.onLost?.();
    const connection = this.connection;
    await this.wakeUp.wait(retryDelayMs(this.failures));
    if (this.isStill(connection)) this.connect();
  }

  private beLive(): void {
    this.knownUntil.set(null);
    this.passed.clear();
    this.current.set('live');
    this.alive.start();
  }

  private isStill(connection: number): boolean {
    return this.isRunning && connection === this.connection;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
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
