import { ChangeDetectionStrategy, Component, inject, output } from '@angular/core';
import { Sheet } from '../ui/sheet';
import { Reload } from './reload';

/** In place of a part of the app that is loaded when it is needed, and could not be. */
@Component({
  selector: 'app-part-missing',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Sheet],
  template: `<app-sheet heading="Not loaded" i18n-heading (closed)="closed.emit()">
    <p i18n>
      This part of the inbox could not be loaded: there is no connection, or a newer version is
      served. Load the page again; what you have written is kept.
    </p>
    <button type="button" class="primary" (click)="reload.now()" i18n>Reload</button>
  </app-sheet>`,
})
export class PartMissing {
  protected readonly reload = inject(Reload);
  readonly closed = output();
}
