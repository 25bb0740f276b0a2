import { Injectable } from '@angular/core';
import { Subject } from 'rxjs';

/** The connections that the live socket makes; listened to before the socket itself is loaded. */
@Injectable({ providedIn: 'root' })
export class LiveConnections {
  private readonly accepted = new Subject<void>();
  readonly all = this.accepted.asObservable();

  /** The server has taken one. */
  made(): void {
    this.accepted.next();
  }
}
