import { DOCUMENT, Injectable, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Subject, fromEvent } from 'rxjs';
import { isComposing } from '../ui/is-composing';
import { keepPreference, readPreference } from '../ui/preferences';
import { isTypedInto, shortcutOf } from './shortcut-of';
import type { Shortcut } from './shortcut-of';

/** Keys that are pressed anywhere on the page and mean something to all of it. */
@Injectable({ providedIn: 'root' })
export class Shortcuts {
  private readonly document = inject(DOCUMENT);
  private readonly subject = new Subject<Shortcut>();
  private readonly singleKeys = signal(readPreference('single-keys') !== 'off');
  readonly pressed = this.subject.asObservable();
  readonly hasSingleKeys = this.singleKeys.asReadonly();

  constructor() {
    fromEvent<KeyboardEvent>(this.document, 'keydown')
      .pipe(takeUntilDestroyed())
      .subscribe((event) => {
        this.take(event);
      });
  }

  switchSingleKeys(isOn: boolean): void {
    this.singleKeys.set(isOn);
    keepPreference('single-keys', isOn ? null : 'off');
  }

  private take(event: KeyboardEvent): void {
    if (event.defaultPrevented || isComposing(event)) return;
    // A dialog has the keys for itself.
    if (this.document.querySelector('dialog[open]') !== null) return;
    const shortcut = shortcutOf(event, {
      isTyping: isTypedInto(event.target),
      hasSingleKeys: this.singleKeys(),
    });
    if (shortcut === null) return;
    event.preventDefault();
    this.subject.next(shortcut);
  }
}
