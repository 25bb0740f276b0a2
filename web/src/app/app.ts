import { ChangeDetectionStrategy, Component, effect, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { Upkeep } from './inbox/upkeep';
import { Session } from './sign-in/session';
import { SignIn } from './sign-in/sign-in';

/** The inbox, or the question for the key before it. */
@Component({
  selector: 'app-root',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterOutlet, SignIn],
  template: `@switch (session.state()) {
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

  constructor() {
    const upkeep = inject(Upkeep);
    void this.session.check();
    effect(() => {
      if (this.session.state() === 'closed') upkeep.stop();
    });
  }
}
