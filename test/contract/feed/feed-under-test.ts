import type { EventFeed, FeedEvent, FeedRequest } from '../../../api/events/events.ts';
import type { Store } from '../../../api/storage/store.ts';
import type { FakeClock } from '../../kit/clock.ts';

export interface FeedUnderTest {
  readonly feed: EventFeed;
  readonly store: Store;
  readonly clock: FakeClock;
  /** Every change after this cursor or since the beginning, oldest first: what a subscriber has to get. */
  history(after?: string): Promise<readonly { readonly cursor: string; readonly type: string }[]>;
  /** Removes the changes that were written until now. */
  forget(): Promise<void>;
  /** Stops the feed and its store and opens them again; `feed` and `store` are the new ones. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** How many events a live reader may be behind in these tests. */
export const ringSize = 100;

export type OpenFeed = () => Promise<FeedUnderTest>;

export const everything = () => true;

/** Reads events one by one, as a transport does. */
export interface Reading {
  readonly stream: AsyncIterableIterator<FeedEvent>;
  /** The next event; fails when there is none any more. */
  next(): Promise<FeedEvent>;
  take(count: number): Promise<FeedEvent[]>;
  stop(): Promise<void>;
}

export function read(feed: EventFeed, request: Partial<FeedRequest> = {}): Reading {
  const stream = feed.subscribe({ after: null, wants: everything, ...request });
  const next = async () => {
    const result = await stream.next();
    if (result.done === true) throw new Error('The stream has ended');
    return result.value;
  };
  return {
    stream,
    next,
    async take(count) {
      const taken: FeedEvent[] = [];
      while (taken.length < count) taken.push(await next());
      return taken;
    },
    async stop() {
      await stream.return?.();
    },
  };
}

export const cursorsOf = (events: readonly { readonly cursor: string }[]): string[] =>
  events.map(({ cursor }) => cursor);

export const typesOf = (events: readonly { readonly type: string }[]): string[] =>
  events.map(({ type }) => type);
