import type { HeldStatusRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import { failureJson, parseFailure } from '../messages/message-rows.ts';
import type { Exchange } from './exchange.ts';
import { placeOf, portionSize, valuesOf } from './exchange.ts';

interface HeldRow {
  readonly phone_number_id: string;
  readonly wamid: string;
  readonly status: HeldStatusRecord['status'];
  readonly at: number;
  readonly failure: string | null;
  readonly held_since: number;
}

export const heldStatuses: Exchange<HeldStatusRecord> = {
  table: 'held_statuses',
  read({ database }, after) {
    const rows = database.all<HeldRow>(
      `SELECT * FROM held_statuses WHERE (wamid, phone_number_id, status, at) > (?, ?, ?, ?)
       ORDER BY wamid, phone_number_id, status, at LIMIT ?`,
      ...valuesOf(after, ['', '', '', 0]),
      portionSize,
    );
    return portionOf(rows, portionSize, {
      cursorOf: (row) => placeOf(row.wamid, row.phone_number_id, row.status, row.at),
      toRecord: (row) => ({
        phoneNumberId: row.phone_number_id,
        wamid: row.wamid,
        status: row.status,
        at: row.at,
        failure: parseFailure(row.failure),
        heldSince: row.held_since,
      }),
    });
  },
  write({ database }, { at, failure, heldSince, phoneNumberId, status, wamid }) {
    database.run(
      `INSERT INTO held_statuses (phone_number_id, wamid, status, at, failure, held_since)
       VALUES (?, ?, ?, ?, ?, ?)`,
      phoneNumberId,
      wamid,
      status,
      at,
      failureJson(failure),
      heldSince,
    );
  },
};
