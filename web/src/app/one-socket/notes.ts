import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import type { LiveEvent } from '../connection/live-updates';

/** What the pages of a browser tell each other about the one connection that they share. */
export type Note =
  /** The leader has received this; `before` is the place that it follows. */
  | { readonly kind: 'event'; readonly event: LiveEvent; readonly before: string | null }
  /** The leader is connected, at this place. */
  | { readonly kind: 'up'; readonly place: string | null }
  | { readonly kind: 'down' }
  /** A page wants everything after this place; null: from now on. */
  | { readonly kind: 'join'; readonly from: string; readonly after: string | null }
  | {
      readonly kind: 'joined';
      readonly to: string;
      readonly events: readonly LiveEvent[];
      /** Where the stream goes on when the place that was asked for is not known. */
      readonly restart: string | null;
    }
  | { readonly kind: 'ping' }
  | { readonly kind: 'pong' };

export interface Notes {
  readonly heard: Observable<Note>;
  post(note: Note): void;
}

/** Pages of builds that ask for other fields have other channels. */
export function notesOn(channel: BroadcastChannel): Notes {
  const heard = new Subject<Note>();
  channel.addEventListener('message', ({ data }: MessageEvent<Note>) => {
    heard.next(data);
  });
  return {
    heard,
    post: (note) => {
      channel.postMessage(note);
    },
  };
}
