import type { Instant } from '../../../clock.ts';
import { cutOff, isToldLate } from '../../../messages/attempt-end.ts';
import { isKnown } from '../../../messages/delivery-status.ts';
import type { ClaimedAttempt, Settlement, SettleResult } from '../../store.ts';
import type { Core } from '../core.ts';
import type { MessageDocument } from '../documents.ts';
import { changeMessage } from '../messages/change-message.ts';
import { noteFailure } from '../messages/status-reports.ts';
import { accept } from './accept.ts';
import { hasEndedSo } from './attempt-records.ts';
import { endOf, ended } from './ended.ts';
import type { Unaccepted } from './ended.ts';
import { freeLine } from './free-line.ts';
import { takePlace } from './take-place.ts';

/**
 * Writes down how an attempt ended. Only the holder of the lease may, with two exceptions: that WhatsApp accepted
 * this attempt is a fact, whoever holds the message by now, and what nobody told may still be told.
 */
export async function settle(
  core: Core,
  claim: ClaimedAttempt,
  outcome: Settlement,
): Promise<SettleResult> {
  return outcome.kind === 'ACCEPTED'
    ? accept(core, claim, outcome)
    : settleUnaccepted(core, claim, outcome);
}

async function settleUnaccepted(
  core: Core,
  claim: ClaimedAttempt,
  outcome: Unaccepted,
): Promise<SettleResult> {
  const { attempt, messageId } = claim;
  const changed = await changeMessage(core, messageId, (before) =>
    isBeingSent(before, attempt) ? ended(before, outcome) : null,
  );
  if (changed === null) return 'LOST';
  const { after } = changed;
  if (isToldLate(after.delivery, claim, outcome)) {
    await tellLate(core, after, { claim, outcome });
    return settleUnaccepted(core, claim, outcome);
  }
  // Somebody who did not learn that it was written asks again: the rest may be missing.
  if (!hasEndedSo(after.attempts, endOf(attempt, outcome))) {
    const isOver = after.delivery.attempt === attempt && after.queue === undefined;
    return isOver && isKnown(after.delivery) ? 'KNOWN' : 'LOST';
  }
  await followUpEnd(core, after, outcome);
  return 'WRITTEN';
}

/** Nobody looks at a line for a message that has left it, so one that goes back announces itself as a new one does. */
async function tellLate(
  core: Core,
  message: MessageDocument,
  { claim, outcome }: { readonly claim: ClaimedAttempt; readonly outcome: Unaccepted },
): Promise<void> {
  async function write(): Promise<MessageDocument | null> {
    const changed = await changeMessage(core, message._id, (before) =>
      isToldLate(before.delivery, claim, outcome) ? ended(before, outcome, claim.terms) : null,
    );
    return changed === null || changed.after === changed.before ? null : changed.after;
  }
  if (outcome.kind === 'FAILED') await write();
  else await takePlace(core, { ...message, now: outcome.at }, write);
}

/** An outcome that nobody saw: never sent again by itself. False: somebody else has told it. */
export async function expire(core: Core, lost: MessageDocument, now: Instant): Promise<boolean> {
  const { attempt } = lost.delivery;
  const outcome = { kind: 'UNKNOWN', at: now, failure: cutOff } as const;
  const changed = await changeMessage(core, lost._id, (before) => {
    const leaseUntil = before.queue?.leaseUntil ?? Infinity;
    return isBeingSent(before, attempt) && leaseUntil <= now ? ended(before, outcome) : null;
  });
  if (changed === null || changed.after === changed.before) return false;
  await followUpEnd(core, changed.after, outcome);
  return true;
}

function isBeingSent({ delivery, queue }: MessageDocument, attempt: number): boolean {
  return delivery.attempt === attempt && queue !== undefined && queue.leaseUntil !== null;
}

async function followUpEnd(core: Core, message: MessageDocument, outcome: Unaccepted) {
  const { failure, at } = outcome;
  await Promise.all([
    noteFailure(core, message, { failure, at }),
    freeLine(core, message.conversationId, at),
  ]);
}
