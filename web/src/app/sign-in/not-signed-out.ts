import { ChangeDetectionStrategy, Component, output } from '@angular/core';
import { Sheet } from '../ui/sheet';

/** Whoever leaves a shared desk is to know that the next one is in as well. */
@Component({
  selector: 'app-not-signed-out',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Sheet],
  template: `<app-sheet heading="Not signed out" i18n-heading (closed)="closed.emit()">
    <p i18n>
      Signing out needs the server, which could not be reached. Lock this computer, and try again
      when there is a connection.
    </p>
    <button type="button" class="primary" (click)="again.emit()" i18n>Try again</button>
  </app-sheet>`,
})
export class NotSignedOut {
  readonly again = output();
  readonly closed = output();
}
