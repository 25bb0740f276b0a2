import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { textBlocks } from './message-text';

/** A message's text with its emphasis and links. Whatever it holds is drawn as text, never as markup. */
@Component({
  selector: 'app-message-text',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink],
  templateUrl: './message-text-view.html',
  styleUrl: './message-text-view.css',
})
export class MessageTextView {
  readonly text = input.required<string>();

  protected readonly blocks = computed(() => textBlocks(this.text()));
}
