import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  afterRenderEffect,
  effect,
  inject,
  signal,
} from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { Upkeep } from './inbox/upkeep';
import { Session } from './sign-in/session';
import type { SessionState } from './sign-in/session';
import { SignIn } from './sign-in/sign-in';
import { removeOutline } from './ui/outline';

/** The inbox, or the question for the key before it. */
@Component({
  selector: 'app-root',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterOutlet, SignIn],
  template: `<p class="only-heard" role="status">{{ said() }}</p>
    @switch (session.state()) {
      @case ('open') {
        <router-outlet />
      }
      @case ('closed') {
        <app-sign-in />
      }
    }`,
})
export class App {
  protected readonly session = inject(Session);
  /** What a screen reader says when one comes in or is out. */
  protected readonly said = signal('');

  constructor() {
    const upkeep = inject(Upkeep);
    const page = inject(DOCUMENT);
    afterRenderEffect(() => {
      if (this.session.state() !== 'checking') removeOutline(page);
    });
    effect(() => {
      if (this.session.state() === 'closed') void upkeep.stop();
    });
    let before: SessionState = 'checking';
    // A screen reader tells what changes in a place that it knows.
    afterRenderEffect(() => {
      const state = this.session.state();
      const wasOpen = before === 'open' || (before === 'checking' && isReloaded(page));
      if (before === 'closed' && state === 'open') this.said.set($localize`You are signed in.`);
      if (wasOpen && state === 'closed') this.said.set($localize`You are signed out.`);
      before = state;
    });
  }
}

/** A sign-out ends with it, and leaves no other trace; whoever reloads the sign-in page hears it once more. */
function isReloaded(page: Document): boolean {
  const [navigation] = page.defaultView?.performance.getEntriesByType('navigation') ?? [];
  return navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload';
}
