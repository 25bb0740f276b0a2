import {
  ChangeDetectionStrategy,
  Component,
  computed,
  input,
  output,
  viewChild,
} from '@angular/core';
import { inDigits } from '../../ui/numbers';
import { Sheet } from '../../ui/sheet';

/** Asks before an answer goes past what the customer wrote and the agent has not seen. */
@Component({
  selector: 'app-unseen-question',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Sheet],
  templateUrl: './unseen-question.html',
  styleUrls: ['./question.css', './unseen-question.css'],
})
export class UnseenQuestion {
  readonly customer = input.required<string>();
  readonly texts = input.required<readonly string[]>();
  readonly count = input.required<number>();
  readonly send = output();
  readonly look = output();
  readonly closed = output();

  private readonly sheet = viewChild.required(Sheet);
  protected readonly inDigits = inDigits;
  protected readonly more = computed(() => this.count() - this.texts().length);

  protected decide(decision: 'send' | 'look'): void {
    this.sheet().close();
    if (decision === 'send') this.send.emit();
    else this.look.emit();
  }
}
