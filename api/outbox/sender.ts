import type { Clock, Instant } from '../clock.ts';
import type { Log } from '../log.ts';
import { ownFailure } from '../messages/own-failure.ts';
import type { Metrics } from '../metrics.ts';
import type { ClaimedSend, OutboxStore, Settlement } from '../storage/store.ts';
import type { Timers } from '../timers.ts';
import type { OutgoingMessage, SendOutcome, WhatsApp } from '../whatsapp/whatsapp.ts';
import { prepare, settlementOf } from './attempt.ts';
import { keepStoring } from './keep-storing.ts';
import { leaseMs } from './limits.ts';
import type { TokenPause } from './token-pause.ts';

export interface SenderOptions {
  readonly outbox: OutboxStore;
  readonly whatsApp: WhatsApp;
  readonly pause: TokenPause;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'sends'>;
  /** Ends running requests, and the wait for a store that is away. */
  readonly signal: AbortSignal;
}

/** Makes one attempt for a claimed message, from the last look at it to the stored result. */
export interface Sender {
  /** Never rejects. */
  attempt(claim: ClaimedSend, claimedAt: Instant): Promise<void>;
}

export function createSender(options: SenderOptions): Sender {
  const { outbox, whatsApp, pause, clock, random, log, metrics, signal } = options;

  async function settlementFor(claim: ClaimedSend, claimedAt: Instant): Promise<Settlement> {
    const now = clock.now();
    const prepared = prepare(claim, now);
    if (prepared.kind === 'fail') {
      pause.unprobed();
      return { kind: 'FAILED', at: now, failure: prepared.failure };
    }
    // The machine slept meanwhile: the lease could end, and a person retry, while this request runs.
    if (now - claimedAt >= leaseMs / 2) {
      pause.unprobed();
      return { kind: 'RELEASE', at: now, dueAt: now, failure: ownFailure('not-sent-in-time') };
    }
    const outcome = await send(prepared.message);
    pause.learn(outcome);
    return settlementOf(claim, outcome, { now: clock.now(), random });
  }

  async function send(message: OutgoingMessage): Promise<SendOutcome> {
    try {
      return await whatsApp.send(message, signal);
    } catch (error) {
      // The port promises not to throw. If it does, nobody knows how far it got.
      log.error({ err: error, message: message.callbackData }, 'the WhatsApp adapter threw');
      return { kind: 'UNKNOWN', failure: ownFailure('outcome-unknown') };
    }
  }

  return {
    async attempt(claim, claimedAt) {
      const messageId = claim.message.id;
      const attempt = { message: messageId, attempt: claim.attempt };
      try {
        const settlement = await settlementFor(claim, claimedAt);
        metrics.sends.inc({ outcome: settlement.kind.toLowerCase() });
        log.info({ ...attempt, ...logged(settlement) }, 'send attempted');
        const result = await keepStoring(
          () => outbox.settle({ messageId, attempt: claim.attempt, terms: claim }, settlement),
          options,
        );
        if (result === 'KNOWN') log.info(attempt, 'a status told the outcome before');
        if (result === 'LOST')
          log.warn(attempt, 'the lease was lost before the outcome was stored');
      } catch (error) {
        // The lease will run out, and the message become UNKNOWN until its status arrives.
        log.error({ err: error, ...attempt }, 'the outcome of a send could not be stored');
      }
    },
  };
}

// WhatsApp's words may name the person.
const longNumber = /\d{5,}(\d{2})/g;

function logged(settlement: Settlement) {
  if (settlement.kind === 'ACCEPTED') return { outcome: settlement.kind };
  const { code, title } = settlement.failure;
  return { outcome: settlement.kind, code, reason: title.replaceAll(longNumber, '…$1') };
}
