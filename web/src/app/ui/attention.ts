import { DOCUMENT, DestroyRef, Injectable, computed, inject, signal } from '@angular/core';

/** Whether a person can be looking: the window is visible and has the focus. */
@Injectable({ providedIn: 'root' })
export class Attention {
  private readonly document = inject(DOCUMENT);
  private readonly isVisible = signal(this.document.visibilityState === 'visible');
  private readonly isFocused = signal(this.document.hasFocus());
  readonly isHere = computed(() => this.isVisible() && this.isFocused());

  constructor() {
    const look = (): void => {
      this.isVisible.set(this.document.visibilityState === 'visible');
      this.isFocused.set(this.document.hasFocus());
    };
    const view = this.document.defaultView;
    this.document.addEventListener('visibilitychange', look);
    view?.addEventListener('focus', look);
    view?.addEventListener('blur', look);
    inject(DestroyRef).onDestroy(() => {
      this.document.removeEventListener('visibilitychange', look);
      view?.removeEventListener('focus', look);
      view?.removeEventListener('blur', look);
    });
  }
}
