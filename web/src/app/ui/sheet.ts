import {
  ChangeDetectionStrategy,
  Component,
  afterNextRender,
  input,
  output,
  viewChild,
} from '@angular/core';
import type { ElementRef } from '@angular/core';
import { Icon } from './icon';

/** A dialog over the page, open from its first moment. The focus goes back to where it was. */
@Component({
  selector: 'app-sheet',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `<dialog #dialog closedby="any" [attr.aria-label]="heading()" (close)="closed.emit()">
    <div class="head">
      <h2>{{ heading() }}</h2>
      <button
        type="button"
        class="icon-button"
        aria-label="Close"
        i18n-aria-label
        (click)="dialog.close()"
      >
        <app-icon name="close" />
      </button>
    </div>
    <ng-content />
  </dialog>`,
  styleUrl: './sheet.css',
})
export class Sheet {
  readonly heading = input.required<string>();
  /** By its button, by Escape, or by a click beside it. */
  readonly closed = output();
  /** Where a person begins; without it at the button that closes. */
  readonly focusFirst = input<HTMLElement | null>(null);

  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  constructor() {
    afterNextRender(() => {
      this.dialog().nativeElement.showModal();
      this.focusFirst()?.focus();
    });
  }

  close(): void {
    this.dialog().nativeElement.close();
  }
}
