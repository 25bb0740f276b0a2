import { DOCUMENT, DestroyRef, inject } from '@angular/core';
import type { Provider } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { debounceTime, filter, fromEvent } from 'rxjs';
import { takesTurns } from './in-turn';
import { LocalStore } from '../ui/local-store';
import { newId } from '../ui/new-id';
import { SendQueue } from './send-queue';
import { Sending } from './sending';

/** The event that tells of a message is there by then: it takes the place of what waited. */
const settleMs = 300;

export function provideSendQueue(): Provider {
  return {
    provide: SendQueue,
    useFactory: () => {
      const sending = inject(Sending);
      const store = inject(LocalStore);
      const view = inject(DOCUMENT).defaultView;
      const queue = new SendQueue({
        send: (item) => sending.sendOutgoing(item),
        store,
        newId,
        now: () => Date.now(),
        inTurn: takesTurns('inbox.send', view?.navigator.locks),
      });
      if (view === null) return queue;
      // Told of what other pages have kept and removed.
      fromEvent<StorageEvent>(view, 'storage')
        .pipe(
          filter(({ key }) => queue.isAbout(key)),
          debounceTime(settleMs),
          takeUntilDestroyed(inject(DestroyRef)),
        )
        .subscribe(() => {
          queue.reload();
        });
      return queue;
    },
  };
}
