import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../../../clock.ts';
import { cutOff, isToldLate, stateAfter } from '../../../messages/attempt-end.ts';
import { isKnown } from '../../../messages/delivery-status.ts';
import { leaseMs } from '../../../outbox/limits.ts';
import { horizon } from '../../../outbox/set-back.ts';
import type { ClaimedAttempt, Settlement, SettleResult } from '../../store.ts';
import type { Core } from '../core.ts';
import { messageById, saveDelivery, toDelivery } from '../messages/message-rows.ts';
import type { MessageRow } from '../messages/message-rows.ts';
import { noteFailure } from '../messages/status-reports.ts';
import { learnWamid } from '../messages/wamids.ts';
import { endAttempt } from './attempts.ts';
import { leaveLine, rejoinLine } from './lines.ts';
import type { LineRow } from './lines.ts';

type Again = Extract<Settlement, { kind: 'RETRY' | 'RELEASE' }>;

/**
 * Writes down how an attempt ended. Only the holder of the lease may, with two exceptions: that WhatsApp accepted
 * this attempt is a fact, whoever holds the message by now, and what nobody told may still be told.
 */
export function settle(core: Core, claim: ClaimedAttempt, outcome: Settlement): SettleResult {
  const row = messageById(core.database, claim.messageId);
  if (row?.attempt !== claim.attempt) return 'LOST';
  if (outcome.kind === 'ACCEPTED') {
    accept(core, row, outcome);
    return 'WRITTEN';
  }
  const isHeld = leaseOf(core, row.ord) !== null;
  const delivery = toDelivery(row);
  if (!isHeld && !isToldLate(delivery, claim, outcome)) return isKnown(delivery) ? 'KNOWN' : 'LOST';
  end(core, row, outcome);
  if (outcome.kind === 'RETRY' || outcome.kind === 'RELEASE') {
    if (!isHeld) rejoin(core, row, { claim, at: outcome.at });
    putBack(core, row, outcome);
  } else {
    fail(core, row, outcome);
  }
  return 'WRITTEN';
}

/** An outcome that nobody saw: never sent again by itself. */
export function expireLeases(core: Core, now: Instant): number {
  // Taken before the clock was set back. Its holder may be sending still, so it does not end at once.
  core.database.run(
    'UPDATE outbox SET lease_until = ? WHERE lease_until > ?',
    now + leaseMs,
    horizon(now, leaseMs),
  );
  const lost = core.database.all<Pick<LineRow, 'message'> & { id: string }>(
    `SELECT o.message, m.id FROM outbox o JOIN messages m ON m.ord = o.message
     WHERE o.lease_until <= ? ORDER BY o.position`,
    now,
  );
  for (const { id } of lost) {
    const row = messageById(core.database, id);
    if (row === undefined) continue;
    const outcome = { kind: 'UNKNOWN', at: now, failure: cutOff } as const;
    end(core, row, outcome);
    fail(core, row, outcome);
  }
  return lost.length;
}

function accept(
  core: Core,
  row: MessageRow,
  outcome: Extract<Settlement, { kind: 'ACCEPTED' }>,
): void {
  const before = toDelivery(row);
  const after = stateAfter(before, outcome);
  const isNews = !isDeepStrictEqual(before, after);
  if (isNews) {
    end(core, row, outcome);
    leaveLine(core.database, row.ord);
    saveDelivery(core.database, row.ord, after);
  }
  const isNamed = learnWamid(core, row.ord, { attempt: row.attempt, wamid: outcome.wamid });
  if (isNews || isNamed) core.changes.messageUpdated(row.conversation_id, row.id);
}

function fail(
  core: Core,
  row: MessageRow,
  outcome: Extract<Settlement, { kind: 'FAILED' | 'UNKNOWN' }>,
): void {
  leaveLine(core.database, row.ord);
  change(core, row, outcome);
}

function rejoin(
  core: Core,
  row: MessageRow,
  { claim: { terms }, at: now }: { readonly claim: ClaimedAttempt; readonly at: Instant },
): void {
  if (terms === undefined) return;
  const message = {
    ord: row.ord,
    conversation: row.conversation,
    phoneNumberId: row.phone_number_id,
  };
  rejoinLine(core.database, message, { ...terms, now });
}

function putBack(core: Core, row: MessageRow, outcome: Again): void {
  core.database.run(
    // A clock that was set back since it was queued shall not make its new delay unbelievable.
    `UPDATE outbox SET lease_until = NULL, due_at = ?, queued_at = min(queued_at, ?), refusals = refusals + ?
     WHERE message = ?`,
    outcome.dueAt,
    outcome.at,
    outcome.kind === 'RETRY',
    row.ord,
  );
  change(core, row, outcome);
}

function end(core: Core, row: MessageRow, outcome: Settlement): void {
  const failure = outcome.kind === 'ACCEPTED' ? null : outcome.failure;
  endAttempt(core.database, row.ord, {
    attempt: row.attempt,
    at: outcome.at,
    outcome: outcome.kind,
    code: failure?.code ?? null,
  });
  noteFailure(core, row, { failure, at: outcome.at });
}

function change(core: Core, row: MessageRow, outcome: Settlement): void {
  saveDelivery(core.database, row.ord, stateAfter(toDelivery(row), outcome));
  core.changes.messageUpdated(row.conversation_id, row.id);
}

function leaseOf(core: Core, ord: number): Instant | null {
  return (
    core.database.get<Pick<LineRow, 'lease_until'>>(
      'SELECT lease_until FROM outbox WHERE message = ?',
      ord,
    )?.lease_until ?? null
  );
}
