import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../../../clock.ts';
import type { MessageId } from '../../../ids.ts';
import { isKnown } from '../../../messages/delivery-status.ts';
import type { DeliveryState } from '../../../messages/delivery-status.ts';
import { ownFailure } from '../../../messages/own-failure.ts';
import type { Settlement, SettleResult } from '../../store.ts';
import type { Core } from '../core.ts';
import { messageById, saveDelivery, toDelivery } from '../messages/message-rows.ts';
import type { MessageRow } from '../messages/message-rows.ts';
import { noteFailure } from '../messages/status-reports.ts';
import { learnWamid } from '../messages/wamids.ts';
import { endAttempt } from './attempts.ts';
import { leaveLine } from './lines.ts';
import type { LineRow } from './lines.ts';

const crashed = ownFailure('outcome-unknown', 'The server stopped while sending it.');

/**
 * Writes down how an attempt ended. Only the holder of the lease may, with one exception: that
 * WhatsApp accepted this attempt is a fact, whoever holds the message by now.
 */
export function settle(
  core: Core,
  claim: { readonly messageId: MessageId; readonly attempt: number },
  outcome: Settlement,
): SettleResult {
  const row = messageById(core.database, claim.messageId);
  if (row?.attempt !== claim.attempt) return 'LOST';
  if (outcome.kind === 'ACCEPTED') {
    accept(core, row, outcome);
    return 'WRITTEN';
  }
  const line = lineOf(core, row.ord);
  if (line === undefined) return isKnown(toDelivery(row)) ? 'KNOWN' : 'LOST';
  if (line.lease_until === null) return 'LOST';
  end(core, row, outcome);
  if (outcome.kind === 'RETRY' || outcome.kind === 'RELEASE') {
    putBack(core, line, outcome);
    change(core, row, { ...toDelivery(row), stage: 'QUEUED' });
  } else {
    fail(core, row, outcome);
  }
  return 'WRITTEN';
}

/** An outcome that nobody saw: never sent again by itself. */
export function expireLeases(core: Core, now: Instant): number {
  const lost = core.database.all<Pick<LineRow, 'message'> & { id: string }>(
    `SELECT o.message, m.id FROM outbox o JOIN messages m ON m.ord = o.message
     WHERE o.lease_until <= ? ORDER BY o.position`,
    now,
  );
  for (const { id } of lost) {
    const row = messageById(core.database, id);
    if (row === undefined) continue;
    const outcome = { kind: 'UNKNOWN', at: now, failure: crashed } as const;
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
  // A failure that WhatsApp reported meanwhile is newer than its acceptance.
  const isRefused = before.stage === 'FAILED';
  const after: DeliveryState = {
    ...before,
    stage: isRefused ? 'FAILED' : 'ACCEPTED',
    sentAt: outcome.at,
    failure: isRefused ? before.failure : null,
  };
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
  change(core, row, {
    ...toDelivery(row),
    stage: outcome.kind,
    failedAt: outcome.kind === 'FAILED' ? outcome.at : null,
    failure: outcome.failure,
  });
}

function putBack(
  core: Core,
  line: LineRow,
  outcome: Extract<Settlement, { kind: 'RETRY' | 'RELEASE' }>,
): void {
  core.database.run(
    'UPDATE outbox SET lease_until = NULL, due_at = ?, refusals = refusals + ? WHERE position = ?',
    outcome.dueAt,
    outcome.kind === 'RETRY',
    line.position,
  );
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

function change(core: Core, row: MessageRow, delivery: DeliveryState): void {
  saveDelivery(core.database, row.ord, delivery);
  core.changes.messageUpdated(row.conversation_id, row.id);
}

function lineOf(core: Core, ord: number): LineRow | undefined {
  return core.database.get<LineRow>('SELECT * FROM outbox WHERE message = ?', ord);
}
