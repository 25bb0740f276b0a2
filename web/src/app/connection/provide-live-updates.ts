import { inject } from '@angular/core';
import type { Provider } from '@angular/core';
import { from, map, switchMap } from 'rxjs';
import { LateApollo } from '../apollo/late-apollo';
import { Offline } from '../offline/offline';
import { Session } from '../sign-in/session';
import { once } from '../ui/once';
import { LiveConnections } from './live-connections';
import { LiveUpdates } from './live-updates';
import type { LiveSource } from './live-updates';
import { ServerHealth } from './server-health';

/** The live updates of this page, over the one socket of the browser. */
export function provideLiveUpdates(): Provider {
  return {
    provide: LiveUpdates,
    useFactory: () => {
      const apollo = inject(LateApollo);
      const health = inject(ServerHealth);
      const offline = inject(Offline);
      const session = inject(Session);
      const own = ownSocket(apollo);
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
        head: async () => {
          const answer = await apollo.query((of) => of.NewestEventDocument, {});
          health.know(answer.health);
          return answer.conversations.eventCursor;
        },
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

function ownSocket(apollo: LateApollo): LiveSource {
  return {
    open: (after) =>
      apollo
        .subscribe((of) => of.InboxEventsDocument, { after })
        .pipe(map(({ messageEvents }) => messageEvents)),
    connections: inject(LiveConnections).all,
    rest: () => undefined,
  };
}
