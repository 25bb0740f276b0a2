import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { Quote } from '../../sending/quoted-message';
import { Icon } from '../../ui/icon';

/** Who wrote what is quoted, and how it begins: in a bubble, and above the composer. */
@Component({
  selector: 'app-quote',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  template: `<bdi class="quote-author">{{ author() }}</bdi>
    <span class="quote-text">
      @if (quote().kind; as kind) {
        <app-icon [name]="kind.icon" [label]="kind.name" />
      }
      <bdi>{{ quote().text }}</bdi>
    </span>`,
  styleUrl: './quote-view.css',
})
export class QuoteView {
  readonly quote = input.required<Quote>();
  readonly author = input.required<string>();
}
