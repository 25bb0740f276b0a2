import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '../ui/icon';
import { kindOf } from '../ui/kind-of';
import { Now } from '../ui/now';
import { plainText } from '../message-text/message-text';
import { shownText } from '../ui/shown-text';
import { shortTime } from '../ui/times';
import type { Hit } from './message-search';
import { hitParts } from './text-parts';

/** One message found; opens its chat at that place. */
@Component({
  selector: 'app-search-hit',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Icon, RouterLink],
  templateUrl: './search-hit.html',
  styleUrl: './search-hit.css',
})
export class SearchHit {
  private readonly now = inject(Now);
  readonly hit = input.required<Hit>();
  readonly search = input.required<string>();

  protected readonly message = computed(() => this.hit().node);
  protected readonly kind = computed(() => kindOf(this.message()));
  protected readonly parts = computed(() =>
    hitParts(plainText(shownText(this.message())), this.search()),
  );
  protected readonly time = computed(() =>
    shortTime(Date.parse(this.message().timestamp), this.now.value()),
  );
  protected readonly place = computed(() => ({
    message: this.message().id,
    at: this.hit().cursor,
  }));
}
