import { Observable, Subject } from 'rxjs';
import type { Subscriber, Subscription } from 'rxjs';
import type { LiveEvent, LiveSource } from '../connection/live-updates';
import type { Leadership } from './leadership';
import { LeaderWatch } from './leader-watch';
import type { Note, Notes } from './notes';
import { RecentEvents } from './recent-events';

/** An answer of another page is there by then; what it brings need not be asked for again and again. */
const answerWithinMs = 500;

export interface LiveRelayOptions {
  /** The connection of this page alone. */
  readonly direct: LiveSource;
  readonly notes: Notes;
  readonly leadership: Leadership;
  /** Tells this page from the others. */
  readonly id: string;
  /** Whether a person can see this page: only then it matters that the leader is asleep. */
  readonly isVisible: () => boolean;
  /** Another page waits for the connection. */
  readonly wake: () => void;
}

/**
 * The stream of events for all pages of a browser over the connection of one of them. The leader
 * posts each event with the place that it follows. The others take what follows their own place,
 * pass over what they have had, and ask for what they have missed. So whoever leads, and however
 * often that changes, each page has each event once and in order.
 */
export class LiveRelay implements LiveSource {
  private readonly options: LiveRelayOptions;
  private readonly opened = new Subject<void>();
  private readonly recent = new RecentEvents();
  private readonly watch: LeaderWatch;
  private subscriber: Subscriber<LiveEvent> | null = null;
  private direct: Subscription | null = null;
  /** Leading: connected. Following: told by a leader who is. */
  private isUp = false;
  private joinedAtMs = 0;

  readonly connections = this.opened.asObservable();

  constructor(options: LiveRelayOptions) {
    this.options = options;
    const { direct, leadership, notes } = options;
    this.watch = new LeaderWatch({
      ping: () => {
        notes.post({ kind: 'ping' });
      },
      isVisible: options.isVisible,
      onSilence: () => {
        leadership.seize();
      },
    });
    direct.connections.subscribe(() => {
      if (this.direct === null) return;
      notes.post({ kind: 'up', place: this.recent.place });
      this.beUp();
    });
    leadership.changes.subscribe(() => {
      if (this.subscriber !== null) this.begin();
    });
    notes.heard.subscribe((note) => {
      if (leadership.isOurs()) this.serve(note);
      else if (this.subscriber !== null) this.follow(note);
      else if (note.kind === 'up') options.wake();
    });
  }

  open(after: string | null): Observable<LiveEvent> {
    return new Observable((subscriber) => {
      this.subscriber = subscriber;
      if (after !== this.recent.place) this.recent.restart(after);
      this.options.leadership.wait();
      if (this.direct === null) this.begin();
      return () => {
        if (this.subscriber === subscriber) this.end();
      };
    });
  }

  /** The page has stopped listening: another one may lead. */
  rest(): void {
    this.options.leadership.rest();
  }

  /** A page that comes back to the front does not wait for the next look at the leader. */
  look(): void {
    this.watch.look();
  }

  private begin(): void {
    this.direct?.unsubscribe();
    this.direct = null;
    this.isUp = false;
    if (this.options.leadership.isOurs()) {
      this.watch.stop();
      this.connect();
    } else {
      this.watch.start();
      this.join();
    }
  }

  private end(): void {
    // Also where it never came up: others may still count on the page that led before.
    if (this.direct !== null) this.options.notes.post({ kind: 'down' });
    this.direct?.unsubscribe();
    this.direct = null;
    this.subscriber = null;
    this.isUp = false;
    this.watch.stop();
  }

  private connect(): void {
    this.direct = this.options.direct.open(this.recent.place).subscribe({
      next: (event) => {
        const before = this.recent.place;
        this.take(event);
        this.options.notes.post({ kind: 'event', event, before });
      },
      error: (error: unknown) => {
        this.fail(error);
      },
      complete: () => {
        this.fail(new Error('The stream of events has ended.'));
      },
    });
  }

  private fail(error: unknown): void {
    const { subscriber } = this;
    this.end();
    subscriber?.error(error);
  }

  // --- leading

  private serve(note: Note): void {
    if (note.kind !== 'join' && note.kind !== 'ping') return;
    const { notes, wake } = this.options;
    if (!this.isUp) wake();
    const answer = note.kind === 'join' && this.isUp ? this.answerTo(note) : null;
    notes.post(answer ?? { kind: 'pong' });
  }

  private answerTo({ from, after }: Extract<Note, { kind: 'join' }>): Note | null {
    const { place } = this.recent;
    // The beginning of the stream is on its way, for everybody.
    if (place === null) return null;
    const events = after === null ? null : this.recent.after(after);
    return {
      kind: 'joined',
      to: from,
      events: events ?? [],
      restart: events === null ? place : null,
    };
  }

  // --- following

  private join(): void {
    this.joinedAtMs = Date.now();
    this.options.notes.post({ kind: 'join', from: this.options.id, after: this.recent.place });
  }

  private follow(note: Note): void {
    switch (note.kind) {
      case 'event':
        this.watch.heard();
        this.followEvent(note.event, note.before);
        break;
      case 'joined':
        this.watch.heard();
        if (note.to === this.options.id) this.joined(note);
        break;
      case 'up':
        this.watch.heard();
        this.followLeader(note.place);
        break;
      case 'down':
        if (this.isUp) this.fail(new Error('The page with the connection has lost it.'));
        break;
      case 'pong':
        this.watch.heard();
        break;
      case 'join':
      case 'ping':
        break;
    }
  }

  private followEvent(event: LiveEvent, before: string | null): void {
    const { place } = this.recent;
    if (isBeginning(event) || (before !== null && before === place)) {
      if (event.cursor === place) return;
      this.beUp();
      this.take(event);
    } else if (!this.recent.has(event.cursor) && Date.now() - this.joinedAtMs > answerWithinMs) {
      this.join();
    }
  }

  private joined({ events, restart }: Extract<Note, { kind: 'joined' }>): void {
    this.beUp();
    if (restart !== null) {
      const type = this.recent.place === null ? 'READY' : 'RESYNC';
      this.take({ cursor: restart, type, message: null, conversation: null });
      return;
    }
    for (const event of events) if (!this.recent.has(event.cursor)) this.take(event);
  }

  /** Another page leads now, or the same one is connected again. One that is further back comes by here. */
  private followLeader(leaderPlace: string | null): void {
    if (this.isUp) return;
    if (leaderPlace !== null && this.recent.has(leaderPlace)) this.beUp();
    else this.join();
  }

  private beUp(): void {
    if (this.isUp) return;
    this.isUp = true;
    this.opened.next();
  }

  private take(event: LiveEvent): void {
    if (isBeginning(event)) this.recent.restart(event.cursor);
    else this.recent.add(event);
    this.subscriber?.next(event);
  }
}

function isBeginning({ type }: LiveEvent): boolean {
  return type === 'READY' || type === 'RESYNC';
}
