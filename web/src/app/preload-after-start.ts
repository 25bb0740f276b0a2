import type { PreloadingStrategy, Route } from '@angular/router';
import { EMPTY, catchError, switchMap, timer } from 'rxjs';
import type { Observable } from 'rxjs';

/** The list comes first: parts that are not on the page wait this long. One that is opened sooner comes at once. */
const afterStartMs = 1_500;

export class PreloadAfterStart implements PreloadingStrategy {
  preload(_route: Route, load: () => Observable<unknown>): Observable<unknown> {
    return timer(afterStartMs).pipe(
      switchMap(load),
      // No connection, or the page is left: asked for again when it is opened.
      catchError(() => EMPTY),
    );
  }
}
