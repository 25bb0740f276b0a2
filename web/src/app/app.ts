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
    void this.session.check();
    let before = this.session.state();
    effect(() => {
      const state = this.session.state();
      if (state === 'closed') void upkeep.stop();
      if (before === 'closed' && state === 'open') this.said.set($localize`You are signed in.`);
      if (before !== state && state === 'closed') this.said.set($localize`You are signed out.`);
      before = state;
    });
  }
}
