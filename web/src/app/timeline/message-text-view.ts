import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { textRuns } from './message-text';

/** A message's text with its emphasis and links. Whatever it holds is drawn as text, never as markup. */
@Component({
  selector: 'app-message-text',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './message-text-view.html',
  styleUrl: './message-text-view.css',
})
export class MessageTextView {
  readonly text = input.required<string>();
  /** False where the text itself is something to click. */
  readonly hasLinks = input(true);

  protected readonly runs = computed(() => textRuns(this.text()));
}
