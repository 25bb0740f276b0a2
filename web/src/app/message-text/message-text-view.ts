import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { TextBlock } from './message-text';

/** A message's text with its emphasis and links. Whatever it holds is drawn as text, never as markup. */
@Component({
  selector: 'app-message-text',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink],
  templateUrl: './message-text-view.html',
  styleUrl: './message-text-view.css',
})
export class MessageTextView {
  readonly blocks = input.required<readonly TextBlock[]>();
}
