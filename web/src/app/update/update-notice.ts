import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { NewerVersion } from './newer-version';
import { Reload } from './reload';

@Component({
  selector: 'app-update-notice',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@if (newer.isServed()) {
    <p>
      <span i18n>A new version of the inbox is ready.</span>
      <button type="button" class="small" (click)="reload.now()" i18n>Reload</button>
    </p>
  }`,
  host: { role: 'status' },
  styles: `
    p {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 0.35rem 0.75rem;
      margin: 0;
      padding: 0.6rem 1rem 0.6rem 1.25rem;
      font-size: 0.84375rem;
      color: var(--chosen-ink);
      background: var(--chosen);
    }
  `,
})
export class UpdateNotice {
  protected readonly newer = inject(NewerVersion);
  protected readonly reload = inject(Reload);
}
