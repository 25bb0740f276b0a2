import { dayMs } from '../../../clock.ts';
import type { Instant } from '../../../clock.ts';
import type { StatusReport } from '../../../messages/delivery-status.ts';
import type { Core } from '../core.ts';
import type { Database } from '../database.ts';
import { failureJson, messageByOrd, parseFailure } from './message-rows.ts';
import { applyStatusReport } from './status-reports.ts';

/** A status whose message never turns up is of no use after this long. */
const heldForMs = 30 * dayMs;

interface HeldRow {
  readonly status: StatusReport['status'];
  readonly at: Instant;
  readonly failure: string | null;
}

export function holdStatus(
  core: Core,
  of: { readonly phoneNumberId: string; readonly wamid: string },
  report: StatusReport,
): void {
  core.database.run(
    `INSERT INTO held_statuses (phone_number_id, wamid, status, at, failure, held_since)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    of.phoneNumberId,
    of.wamid,
    report.status,
    report.at,
    failureJson(report.failure),
    core.clock.now(),
  );
}

export function applyHeldStatuses(
  core: Core,
  message: { readonly ord: number; readonly phoneNumberId: string },
  told: { readonly attempt: number; readonly wamid: string },
): void {
  const { database } = core;
  const held = database.all<HeldRow>(
    'SELECT status, at, failure FROM held_statuses WHERE wamid = ? AND phone_number_id = ? ORDER BY at',
    told.wamid,
    message.phoneNumberId,
  );
  if (held.length === 0) return;
  database.run(
    'DELETE FROM held_statuses WHERE wamid = ? AND phone_number_id = ?',
    told.wamid,
    message.phoneNumberId,
  );
  if (messageByOrd(database, message.ord).direction === 'INBOUND') return;
  for (const { status, at, failure } of held) {
    const report = { status, at, failure: parseFailure(failure) };
    applyStatusReport(core, messageByOrd(database, message.ord), { report, attempt: told.attempt });
  }
}

export function forgetOldHeldStatuses(database: Database, now: Instant, limit: number): number {
  return database.run(
    `DELETE FROM held_statuses WHERE (wamid, phone_number_id, status, at) IN (
       SELECT wamid, phone_number_id, status, at FROM held_statuses WHERE held_since < ? LIMIT ?)`,
    now - heldForMs,
    limit,
  ).changes;
}
