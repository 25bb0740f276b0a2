import type { Instant } from '../../../clock.ts';
import type { MessageId } from '../../../ids.ts';
import { ownFailure } from '../../../messages/own-failure.ts';
import { isKnown } from '../../../messages/delivery-status.ts';
import type { Settlement, SettleResult } from '../../store.ts';
import type { Core } from '../core.ts';
import type { MessageDocument } from '../documents.ts';
import { changeMessage } from '../messages/change-message.ts';
import type { MessageChange } from '../messages/change-message.ts';
import { noteFailure } from '../messages/status-reports.ts';
import { accept } from './accept.ts';
import { endAttempt, hasEndedSo } from './attempt-records.ts';
import type { AttemptEnd } from './attempt-records.ts';
import { freeLine } from './free-line.ts';

export interface Settled {
  readonly messageId: MessageId;
  readonly attempt: number;
}

type Unaccepted = Exclude<Settlement, { kind: 'ACCEPTED' }>;

const crashed = ownFailure('outcome-unknown', 'The server stopped while sending it.');

/**
 * Writes down how an attempt ended. Only the holder of the lease may, with one exception: that WhatsApp
 * accepted this attempt is a fact, whoever holds the message by now.
 */
export async function settle(
  core: Core,
  claim: Settled,
  outcome: Settlement,
): Promise<SettleResult> {
  return outcome.kind === 'ACCEPTED'
    ? accept(core, claim, outcome)
    : settleUnaccepted(core, claim, outcome);
}

async function settleUnaccepted(
  core: Core,
  { messageId, attempt }: Settled,
  outcome: Unaccepted,
): Promise<SettleResult> {
  const end = endOf(attempt, outcome);
  const changed = await changeMessage(core, messageId, (before) =>
    isBeingSent(before, attempt) ? ended(before, outcome) : null,
  );
  if (changed === null) return 'LOST';
  // Somebody who did not learn that it was written asks again: the rest may be missing.
  if (!hasEndedSo(changed.after.attempts, end)) {
    const { delivery, queue } = changed.after;
    const isOver = delivery.attempt === attempt && queue === undefined;
    return isOver && isKnown(delivery) ? 'KNOWN' : 'LOST';
  }
  await followUpEnd(core, changed.after, outcome);
  return 'WRITTEN';
}

/** An outcome that nobody saw: never sent again by itself. False: somebody else has told it. */
export async function expire(core: Core, lost: MessageDocument, now: Instant): Promise<boolean> {
  const { attempt } = lost.delivery;
  const outcome = { kind: 'UNKNOWN', at: now, failure: crashed } as const;
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

function ended(before: MessageDocument, outcome: Unaccepted): MessageChange | null {
  const { delivery, queue } = before;
  const attempts = endAttempt(before.attempts, endOf(delivery.attempt, outcome));
  switch (outcome.kind) {
    case 'RETRY':
    case 'RELEASE': {
      if (queue === undefined) return null;
      const refusals = queue.refusals + (outcome.kind === 'RETRY' ? 1 : 0);
      return {
        attempts,
        delivery: { ...delivery, stage: 'QUEUED' },
        queue: { ...queue, leaseUntil: null, dueAt: outcome.dueAt, refusals },
      };
    }
    case 'FAILED':
    case 'UNKNOWN': {
      const failedAt = outcome.kind === 'FAILED' ? outcome.at : null;
      const { failure, kind: stage } = outcome;
      return { attempts, delivery: { ...delivery, stage, failedAt, failure }, queue: undefined };
    }
  }
}

function endOf(attempt: number, { at, kind, failure }: Unaccepted): AttemptEnd {
  return { attempt, at, outcome: kind, code: failure.code };
}

async function followUpEnd(core: Core, message: MessageDocument, outcome: Unaccepted) {
  const { failure, at } = outcome;
  await Promise.all([
    noteFailure(core, message, { failure, at }),
    freeLine(core, message.conversationId, at),
  ]);
}
