import { inject } from '@angular/core';
import type { Provider } from '@angular/core';
import { Apollo } from 'apollo-angular';
import { map } from 'rxjs';
import { InboxEventsDocument } from '../graphql/graphql';
import { Session } from '../sign-in/session';
import { LiveSocket } from './live-socket';
import { LiveUpdates } from './live-updates';
import { ServerHealth } from './server-health';

/** The live updates of this page, over the socket. */
export function provideLiveUpdates(): Provider {
  return {
    provide: LiveUpdates,
    useFactory: () => {
      const { client } = inject(Apollo);
      const health = inject(ServerHealth);
      const session = inject(Session);
      const updates: LiveUpdates = new LiveUpdates({
        open: (after) =>
          client
            .subscribe({
              query: InboxEventsDocument,
              variables: { after },
              fetchPolicy: 'no-cache',
            })
            .pipe(map(({ data, error }) => eventOf(data?.messageEvents, error))),
        roundTrip: () => health.look(),
        onLost: () => void session.check(),
      });
      inject(LiveSocket).connections.subscribe(() => {
        updates.connected();
      });
      return updates;
    },
  };
}

/** A result without an event ends the stream, so that it is opened again. */
function eventOf<Event>(event: Event | undefined, error: unknown): Event {
  if (event === undefined) throw new Error('The stream of events failed.', { cause: error });
  return event;
}
