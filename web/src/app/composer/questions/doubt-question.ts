import {
  ChangeDetectionStrategy,
  Component,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { Sheet } from '../../ui/sheet';
import { Retries } from '../../sending/retries';

/** Asks before a message is sent again of which nobody knows whether it arrived. */
@Component({
  selector: 'app-doubt-question',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Sheet],
  template: `<app-sheet
    heading="It may have arrived already"
    i18n-heading
    [focusFirst]="wait"
    (closed)="closed.emit()"
  >
    <p i18n>
      WhatsApp gave no answer when this was sent, so that nobody knows whether the customer has it.
      If they do, they get it twice: send it again?
    </p>
    @if (text() !== '') {
      <p class="said" dir="auto">{{ text() }}</p>
    }
    <p class="actions">
      <button type="button" class="plain" (click)="sendAgain()" i18n>Send again</button>
      <button #wait type="button" class="primary" (click)="sheet().close()" i18n>Wait</button>
    </p>
  </app-sheet>`,
  styleUrl: './question.css',
})
export class DoubtQuestion {
  private readonly retries = inject(Retries);
  readonly messageId = input.required<string>();
  readonly text = input.required<string>();
  readonly closed = output();
  protected readonly sheet = viewChild.required(Sheet);

  protected sendAgain(): void {
    this.sheet().close();
    void this.retries.retry(this.messageId());
  }
}
