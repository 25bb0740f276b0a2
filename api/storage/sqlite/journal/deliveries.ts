import type { Instant } from '../../../clock.ts';
import type { DeliveryId } from '../../../ids.ts';
import type { DeliveryElement } from '../../../webhook/delivery-element.ts';
import type { JournalEntry, JournalQuery, NewDelivery } from '../../store.ts';
import type { Core } from '../core.ts';
import { blobToBuffer } from '../database.ts';
import type { Database } from '../database.ts';
import { keepNewestId } from '../newest-id.ts';
import { applySlice } from './apply-delivery.ts';
import { deliveryColumns, toEntry } from './delivery-rows.ts';
import type { DeliveryRow } from './delivery-rows.ts';

/** Writes the delivery down and begins to apply it; what fails as a whole stays PENDING. */
export function begin(core: Core, delivery: NewDelivery): JournalEntry {
  const { body, elements, receivedAt } = delivery;
  const id = core.ids.next('dlv');
  core.database.run(
    `INSERT INTO deliveries (id, received_at, state, size_bytes, verdicts, body)
     VALUES (?, ?, 'PENDING', ?, '[]', ?)`,
    id,
    receivedAt,
    body.length,
    body,
  );
  const entry = { id, receivedAt, state: 'PENDING' as const, sizeBytes: body.length, verdicts: [] };
  const outcome = core.savepoints.attempt('apply', () => goOn(core, entry, elements));
  if (!outcome.ok) core.log.error({ err: outcome.error, id }, 'delivery could not be applied');
  return outcome.ok ? outcome.result : entry;
}

/** Applies the elements that have no verdict yet, a slice of them at a time. */
export function goOn(
  core: Core,
  entry: JournalEntry,
  elements: readonly DeliveryElement[],
): JournalEntry {
  const applied = applySlice(core, elements, entry.verdicts);
  core.database.run(
    'UPDATE deliveries SET state = ?, verdicts = ? WHERE id = ?',
    applied.state,
    JSON.stringify(applied.verdicts),
    entry.id,
  );
  return { ...entry, ...applied };
}

export function entryById(database: Database, id: DeliveryId): JournalEntry | null {
  const row = database.get<DeliveryRow>(
    `SELECT ${deliveryColumns} FROM deliveries WHERE id = ?`,
    id,
  );
  return row === undefined ? null : toEntry(row);
}

export function deliveryById(
  database: Database,
  id: DeliveryId,
): (JournalEntry & { readonly body: Buffer }) | null {
  const row = database.get<DeliveryRow & { body: ArrayBuffer }>(
    'SELECT * FROM deliveries WHERE id = ?',
    id,
  );
  return row === undefined ? null : { ...toEntry(row), body: blobToBuffer(row.body) };
}

export function listDeliveries(database: Database, query: JournalQuery): readonly JournalEntry[] {
  // Stated twice so that SQLite sees that the index of open deliveries will do.
  const byState = {
    PENDING: "AND state = 'PENDING' AND state <> 'DONE'",
    SET_ASIDE: "AND state = 'SET_ASIDE' AND state <> 'DONE'",
    DONE: "AND state = 'DONE'",
  };
  // Ids grow as keys do; the delivery itself may be forgotten by now.
  const older = 'AND key <= (SELECT key FROM deliveries WHERE id < ? ORDER BY id DESC LIMIT 1)';
  return database
    .all<DeliveryRow>(
      `SELECT ${deliveryColumns} FROM deliveries
       WHERE received_at < ?
         ${query.state === undefined ? '' : byState[query.state]}
         ${query.before === undefined ? '' : older}
       ORDER BY key DESC LIMIT ?`,
      query.receivedBefore ?? Number.MAX_SAFE_INTEGER,
      ...(query.before === undefined ? [] : [query.before]),
      query.limit,
    )
    .map(toEntry);
}

export function lastDeliveryAt(database: Database): Instant | null {
  return (
    database.get<{ at: number }>(
      'SELECT received_at AS at FROM deliveries ORDER BY key DESC LIMIT 1',
    )?.at ?? null
  );
}

export function setAsideSince(database: Database, since: Instant): number {
  const row = database.get<{ n: number }>(
    `SELECT count(*) AS n FROM deliveries
     WHERE state = 'SET_ASIDE' AND state <> 'DONE' AND received_at >= ?`,
    since,
  );
  return row?.n ?? 0;
}

export interface Bounds {
  /** Those that are DONE are kept from here on. */
  readonly done: Instant;
  readonly setAside: Instant;
}

/** Removes at most `limit` that are received before, the oldest first. */
export function forgetOld(database: Database, before: Bounds, limit: number): number {
  keepNewestId(database);
  return database.run(
    `DELETE FROM deliveries WHERE key IN (
       SELECT key FROM deliveries
       WHERE (state = 'DONE' AND received_at < ?) OR (state = 'SET_ASIDE' AND received_at < ?)
       ORDER BY key LIMIT ?)`,
    before.done,
    before.setAside,
    limit,
  ).changes;
}
