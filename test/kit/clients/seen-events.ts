import { valueAt } from './graphql-client.ts';

/** An event as the tests ask for it. */
export interface SeenEvent {
  readonly cursor: string;
  readonly type: string;
  /** Of the message, where there is one. */
  readonly text: string | null;
}

export const eventsQuery = `subscription Events($after: String, $conversationId: ID, $phoneNumber: PhoneNumber) {
  messageEvents(after: $after, conversationId: $conversationId, phoneNumber: $phoneNumber) {
    cursor type at message { id text status } conversation { id unreadCount lastMessage { id text } }
  }
}`;

/** What one subscriber has seen so far. */
export interface Follower {
  readonly events: readonly SeenEvent[];
  /** Whole results with errors. */
  readonly failures: readonly unknown[];
  /** How the socket was closed; null while it is open. */
  readonly closed: { readonly code: number; readonly reason: string } | null;
  readonly isComplete: boolean;
  /** Resolves when this holds; fails after 10 s. */
  until(isReached: (follower: Follower) => boolean): Promise<void>;
  /** Ends the subscription and the socket. Safe twice. */
  stop(): Promise<void>;
}

export interface SeenEvents {
  readonly result: (result: unknown) => void;
  readonly complete: () => void;
  readonly close: (closed: NonNullable<Follower['closed']>) => void;
  readonly follower: (stop: () => Promise<void>) => Follower;
}

/** Keeps what a subscriber gets, for a test to wait for. */
export function createSeenEvents(): SeenEvents {
  const events: SeenEvent[] = [];
  const failures: unknown[] = [];
  const waiting = new Set<() => void>();
  const state: { closed: Follower['closed']; isComplete: boolean } = {
    closed: null,
    isComplete: false,
  };
  const changed = (): void => {
    for (const look of [...waiting]) look();
  };

  return {
    result(result: unknown) {
      const event = valueAt(result, 'data.messageEvents');
      const text = valueAt(event, 'message.text');
      if (valueAt(result, 'errors') !== undefined) failures.push(result);
      else
        events.push({
          cursor: String(valueAt(event, 'cursor')),
          type: String(valueAt(event, 'type')),
          text: typeof text === 'string' ? text : null,
        });
      changed();
    },
    complete() {
      state.isComplete = true;
      changed();
    },
    close(closed: NonNullable<Follower['closed']>) {
      state.closed = closed;
      changed();
    },
    follower(stop: () => Promise<void>): Follower {
      const follower: Follower = {
        events,
        failures,
        get closed() {
          return state.closed;
        },
        get isComplete() {
          return state.isComplete;
        },
        async until(isReached) {
          await new Promise<void>((resolve, reject) => {
            const timeout = setTimeout(() => {
              waiting.delete(look);
              const seen = { events: events.slice(-5), failures, ...state };
              reject(new Error(`Not reached; seen ${events.length}, ${JSON.stringify(seen)}`));
            }, 10_000);
            const look = () => {
              if (!isReached(follower)) return;
              clearTimeout(timeout);
              waiting.delete(look);
              resolve();
            };
            waiting.add(look);
            look();
          });
        },
        stop,
      };
      return follower;
    },
  };
}
