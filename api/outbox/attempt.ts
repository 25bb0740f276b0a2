import type { Instant } from '../clock.ts';
import { serviceWindowAt } from '../conversations/service-window.ts';
import type { Failure } from '../messages/delivery-status.ts';
import { ownFailure } from '../messages/own-failure.ts';
import type { ClaimedSend, Settlement } from '../storage/store.ts';
import { adviceFor, retryPolicyOf } from '../whatsapp/error-codes.ts';
import type { OutgoingMessage, Recipient, SendOutcome } from '../whatsapp/whatsapp.ts';
import { nextTryAt } from './retry.ts';

/** What is to be sent, or why it must not be sent any more. */
export type Preparation =
  | { readonly kind: 'send'; readonly message: OutgoingMessage }
  | { readonly kind: 'fail'; readonly failure: Failure };

export function prepare(claim: ClaimedSend, now: Instant): Preparation {
  const { message, recipient } = claim;
  if (now >= claim.giveUpAt) return fail(ownFailure('not-sent-in-time'));
  if (serviceWindowAt(claim.window, now).state === 'CLOSED')
    return fail(ownFailure('window-closed'));
  const to = addressOf(recipient);
  if (to === null) return fail(ownFailure('no-address'));
  if (message.content.type !== 'TEXT') return fail(ownFailure('not-sendable'));
  return {
    kind: 'send',
    message: {
      phoneNumberId: message.phoneNumberId,
      recipient: to,
      content: message.content,
      replyToWamid: message.replyToWamid,
      callbackData: claim.attempt === 1 ? message.id : `${message.id}#${claim.attempt}`,
    },
  };
}

/** How an attempt ended, as the store is to write it down. */
export function settlementOf(
  claim: Pick<ClaimedSend, 'refusals' | 'giveUpAt'>,
  outcome: SendOutcome,
  { now, random }: { readonly now: Instant; readonly random: () => number },
): Settlement {
  switch (outcome.kind) {
    case 'ACCEPTED':
      return outcome.wamid === null
        ? { kind: 'UNKNOWN', at: now, failure: ownFailure('outcome-unknown') }
        : { kind: 'ACCEPTED', at: now, wamid: outcome.wamid };
    case 'UNKNOWN':
      return { kind: 'UNKNOWN', at: now, failure: outcome.failure };
    case 'REFUSED': {
      const { failure, retryAfterMs } = outcome;
      const policy = retryPolicyOf(failure);
      // Due at once: the pause holds it back, not a time of its own.
      if (policy === 'pause') return { kind: 'RELEASE', at: now, dueAt: now, failure };
      const dueAt = nextTryAt({ policy, refusals: claim.refusals, retryAfterMs, now, random });
      if (dueAt === null) return { kind: 'FAILED', at: now, failure };
      return dueAt < claim.giveUpAt
        ? { kind: 'RETRY', at: now, dueAt, failure }
        : { kind: 'FAILED', at: now, failure: outOfTime(failure) };
    }
  }
}

function outOfTime(last: Failure): Failure {
  const code = last.code === null ? '' : ` (${last.code})`;
  return ownFailure('not-sent-in-time', `The last answer was: ${adviceFor(last).title}${code}.`);
}

function addressOf({ phoneNumber, userId }: ClaimedSend['recipient']): Recipient | null {
  if (phoneNumber !== null) return { phoneNumber };
  return userId === null ? null : { userId };
}

function fail(failure: Failure): Preparation {
  return { kind: 'fail', failure };
}
