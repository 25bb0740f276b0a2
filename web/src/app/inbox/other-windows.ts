import { DestroyRef, Injectable, inject } from '@angular/core';
import { Subject } from 'rxjs';

const signedOut = 'signed-out';

/** Tells the other windows of this browser that a person has signed out, and hears it from them. */
@Injectable({ providedIn: 'root' })
export class OtherWindows {
  private readonly heard = new Subject<void>();
  private readonly channel =
    'BroadcastChannel' in globalThis ? new BroadcastChannel('inbox.session') : null;
  readonly signOuts = this.heard.asObservable();

  constructor() {
    this.channel?.addEventListener('message', ({ data }) => {
      if (data === signedOut) this.heard.next();
    });
    inject(DestroyRef).onDestroy(() => this.channel?.close());
  }

  tellSignedOut(): void {
    this.channel?.postMessage(signedOut);
  }
}
