import {
  ChangeDetectionStrategy,
  Component,
  afterNextRender,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import type { ElementRef } from '@angular/core';
import { Icon } from '../ui/icon';
import { Session } from './session';
import type { SignInResult } from './session';

function problemOf(result: Exclude<SignInResult, 'in'>): string {
  switch (result) {
    case 'wrong-key':
      return $localize`That is not the key of this server. It is the value of API_KEY in its settings.`;
    case 'too-many':
      return $localize`Too many tries. Wait a minute, then try again.`;
    case 'refused':
      return $localize`The key was not looked at: the server, or a proxy before it, refuses this page. Check PUBLIC_URL in its settings.`;
    case 'unreachable':
      return $localize`The server could not be reached. Try again in a moment.`;
  }
}

/** Asks once for the server's key. */
@Component({
  selector: 'app-sign-in',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon],
  templateUrl: './sign-in.html',
  styleUrl: './sign-in.css',
})
export class SignIn {
  private readonly session = inject(Session);
  protected readonly problem = signal<string | null>(null);
  protected readonly isBusy = signal(false);
  private readonly key = viewChild.required<ElementRef<HTMLInputElement>>('key');

  constructor() {
    afterNextRender(() => {
      this.key().nativeElement.focus();
    });
  }

  protected async signIn(event: Event, key: string): Promise<void> {
    event.preventDefault();
    if (this.isBusy()) return;
    if (key.trim() === '') {
      this.problem.set($localize`Enter the key first.`);
      return;
    }
    this.isBusy.set(true);
    const result = await this.session.signIn(key.trim());
    this.isBusy.set(false);
    this.problem.set(result === 'in' ? null : problemOf(result));
    // The button that was pressed could not keep the focus while it was disabled.
    if (result !== 'in') this.key().nativeElement.select();
  }
}
