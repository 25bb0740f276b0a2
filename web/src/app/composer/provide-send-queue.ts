import { inject } from '@angular/core';
import type { Provider } from '@angular/core';
import { LocalStore } from '../ui/local-store';
import { newId } from '../ui/new-id';
import { SendQueue } from './send-queue';
import { Sending } from './sending';

export function provideSendQueue(): Provider {
  return {
    provide: SendQueue,
    useFactory: () => {
      const sending = inject(Sending);
      return new SendQueue({
        send: (item) => sending.sendOutgoing(item),
        store: inject(LocalStore),
        newId,
        now: () => Date.now(),
      });
    },
  };
}
