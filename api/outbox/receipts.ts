import type { Clock, Instant } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ClaimedReceipt, OutboxStore } from '../storage/store.ts';
import type { Timers } from '../timers.ts';
import { retryPolicyOf } from '../whatsapp/error-codes.ts';
import type { SendOutcome, WhatsApp } from '../whatsapp/whatsapp.ts';
import { keepStoring } from './keep-storing.ts';
import { longestReceiptWaitMs } from './limits.ts';
import { nextTryAt } from './retry.ts';
import type { TokenPause } from './token-pause.ts';

export interface ReceiptTellerOptions {
  readonly outbox: OutboxStore;
  readonly whatsApp: WhatsApp;
  readonly pause: TokenPause;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Tells WhatsApp that a message was read: blue ticks for the customer. As well as it can, no more. */
export interface ReceiptTeller {
  /** Never rejects. */
  tell(receipt: ClaimedReceipt): Promise<void>;
}

// About 20 minutes; the next receipt of the chat tells of this one as well.
const maxAttempts = 12;

export function createReceiptTeller(options: ReceiptTellerOptions): ReceiptTeller {
  const { outbox, whatsApp, pause, clock, random, log, signal } = options;

  function retryAt(receipt: ClaimedReceipt, outcome: SendOutcome): Instant | null {
    const now = clock.now();
    if (outcome.kind === 'ACCEPTED') return null;
    // Telling twice does no harm, so an unknown outcome is like a refusal that passes.
    const policy = outcome.kind === 'UNKNOWN' ? 'backoff' : retryPolicyOf(outcome.failure);
    if (policy === 'pause') return now;
    if (receipt.attempt >= maxAttempts) return null;
    const askedMs = outcome.kind === 'REFUSED' ? (outcome.retryAfterMs ?? 0) : 0;
    const retryAfterMs = Math.min(askedMs, longestReceiptWaitMs);
    return nextTryAt({ policy, refusals: receipt.attempt - 1, retryAfterMs, now, random });
  }

  return {
    async tell(receipt) {
      const { conversationId, phoneNumberId, wamid, attempt } = receipt;
      try {
        const outcome = await whatsApp.markRead(phoneNumberId, wamid, signal);
        pause.learn(outcome);
        const again = retryAt(receipt, outcome);
        const code = outcome.kind === 'ACCEPTED' ? null : outcome.failure.code;
        log.debug(
          { conversation: conversationId, attempt, outcome: outcome.kind, code },
          'read receipt',
        );
        await keepStoring(() => outbox.settleReceipt(receipt, again), options);
      } catch (error) {
        // The lease will run out, and the receipt be told again.
        log.error({ err: error, conversation: conversationId }, 'a read receipt was not told');
      }
    },
  };
}
