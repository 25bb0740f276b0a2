import { ChangeDetectionStrategy, Component, inject, output } from '@angular/core';
import { Sheet } from '../ui/sheet';
import { shortcutRows } from './shortcut-rows';
import { Shortcuts } from './shortcuts';

/** What the keys do, and a switch for those that could be pressed by accident. */
@Component({
  selector: 'app-shortcuts-sheet',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Sheet],
  templateUrl: './shortcuts-sheet.html',
  styleUrl: './shortcuts-sheet.css',
})
export class ShortcutsSheet {
  protected readonly shortcuts = inject(Shortcuts);
  readonly closed = output();

  protected readonly rows = shortcutRows(/Mac|iPhone|iPad/u.test(navigator.userAgent));
}
