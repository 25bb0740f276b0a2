import type { LiveEvent } from '../connection/live-updates';

/** Some seconds of the busiest inbox: pages of one browser are never further apart. */
const most = 300;

/** The last events of the stream in their order, without a gap from a known place on. */
export class RecentEvents {
  private readonly events: LiveEvent[] = [];
  private start: string | null = null;

  /** How far the stream has come; null before its beginning. */
  get place(): string | null {
    return this.events.at(-1)?.cursor ?? this.start;
  }

  add(event: LiveEvent): void {
    this.events.push(event);
    if (this.events.length <= most) return;
    this.start = this.events.shift()?.cursor ?? null;
  }

  /** The stream goes on after this place; what came before does not lead there. */
  restart(place: string | null): void {
    this.events.length = 0;
    this.start = place;
  }

  has(cursor: string): boolean {
    return this.after(cursor) !== null;
  }

  /** What followed this place; null when the place is not known. */
  after(place: string): readonly LiveEvent[] | null {
    if (place === this.start) return [...this.events];
    const index = this.events.findIndex(({ cursor }) => cursor === place);
    return index < 0 ? null : this.events.slice(index + 1);
  }
}
