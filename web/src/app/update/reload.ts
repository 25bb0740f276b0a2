import { DOCUMENT, Injectable, inject } from '@angular/core';

/** Loads the page again: drafts and what waits to be sent are kept in this browser. */
@Injectable({ providedIn: 'root' })
export class Reload {
  private readonly view = inject(DOCUMENT).defaultView;

  now(): void {
    this.view?.location.reload();
  }
}
