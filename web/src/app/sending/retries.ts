import { Injectable, inject, signal } from '@angular/core';
import { Sending } from './sending';

export type RetryState =
  | { readonly kind: 'busy' }
  | { readonly kind: 'refused'; readonly title: string; readonly advice: string };

/** Failed messages that a person sends again, and what came of asking. */
@Injectable({ providedIn: 'root' })
export class Retries {
  private readonly sending = inject(Sending);
  private readonly states = signal<ReadonlyMap<string, RetryState>>(new Map());

  /** The message of which it is asked whether to send it again although it may have arrived. */
  readonly doubted = signal<string | null>(null);

  stateOf(messageId: string): RetryState | null {
    return this.states().get(messageId) ?? null;
  }

  async retry(messageId: string): Promise<void> {
    if (this.stateOf(messageId)?.kind === 'busy') return;
    this.put(messageId, { kind: 'busy' });
    const sent = await this.sending.retry(messageId);
    switch (sent.kind) {
      case 'sent':
        this.put(messageId, null);
        break;
      case 'refused':
        this.put(messageId, { kind: 'refused', ...sent.refusal });
        break;
      case 'no-answer':
        this.put(messageId, {
          kind: 'refused',
          title: $localize`No connection`,
          advice: $localize`Try again when the connection is back.`,
        });
    }
  }

  private put(messageId: string, state: RetryState | null): void {
    const states = new Map(this.states());
    if (state === null) states.delete(messageId);
    else states.set(messageId, state);
    this.states.set(states);
  }
}
