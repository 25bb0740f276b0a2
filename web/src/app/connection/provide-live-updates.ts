import { inject } from '@angular/core';
import type { Provider } from '@angular/core';
import { Apollo } from 'apollo-angular';
import { from, map, switchMap } from 'rxjs';
import { InboxEventsDocument } from '../graphql/graphql';
import { Offline } from '../offline/offline';
import { Session } from '../sign-in/session';
import { once } from '../ui/once';
import { LiveSocket } from './live-socket';
import { LiveUpdates } from './live-updates';
import type { LiveSource } from './live-updates';
import { ServerHealth } from './server-health';

/** The live updates of this page, over the one socket of the browser. */
export function provideLiveUpdates(): Provider {
  return {
    provide: LiveUpdates,
    useFactory: () => {
      const health = inject(ServerHealth);
      const offline = inject(Offline);
      const session = inject(Session);
      const own = ownSocket();
      const shared = once(async () => {
        const source = await offline.share(own, () => {
          updates.wake();
        });
        source.connections.subscribe(() => {
          updates.connected();
          void session.confirm();
        });
        return source;
      });
      const updates: LiveUpdates = new LiveUpdates({
        open: (after) => from(shared()).pipe(switchMap((source) => source.open(after))),
        roundTrip: () => health.look(),
        onLost: () => void session.check(),
        onStop: () =>
          void shared().then((source) => {
            source.rest();
          }),
      });
      return updates;
    },
  };
}

function ownSocket(): LiveSource {
  const { client } = inject(Apollo);
  return {
    open: (after) =>
      client
        .subscribe({ query: InboxEventsDocument, variables: { after }, fetchPolicy: 'no-cache' })
        .pipe(map(({ data, error }) => eventOf(data?.messageEvents, error))),
    connections: inject(LiveSocket).connections,
    rest: () => undefined,
  };
}

/** A result without an event ends the stream, so that it is opened again. */
function eventOf<Event>(event: Event | undefined, error: unknown): Event {
  if (event === undefined) throw new Error('The stream of events failed.', { cause: error });
  return event;
}
