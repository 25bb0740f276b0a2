import type { PreloadingStrategy, Route } from '@angular/router';
import { switchMap, timer } from 'rxjs';
import type { Observable } from 'rxjs';

/** The list comes first: parts that are not on the page wait this long. One that is opened sooner comes at once. */
const afterStartMs = 1_500;

export class PreloadAfterStart implements PreloadingStrategy {
  preload(_route: Route, load: () => Observable<unknown>): Observable<unknown> {
    return timer(afterStartMs).pipe(switchMap(load));
  }
}
