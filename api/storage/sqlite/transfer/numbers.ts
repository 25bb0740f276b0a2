import type { NumberRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import type { Exchange } from './exchange.ts';
import { portionSize } from './exchange.ts';

interface NumberRow {
  readonly phone_number_id: string;
  readonly display_phone_number: string | null;
  readonly pace_until: number | null;
  readonly next_send_at: number;
}

export const numbers: Exchange<NumberRecord> = {
  table: 'business_numbers',
  read({ database }, after) {
    const rows = database.all<NumberRow>(
      `SELECT * FROM business_numbers WHERE phone_number_id > ?
         AND (display_phone_number IS NOT NULL OR pace_until IS NOT NULL OR next_send_at > 0)
       ORDER BY phone_number_id LIMIT ?`,
      after ?? '',
      portionSize,
    );
    return portionOf(rows, portionSize, {
      cursorOf: ({ phone_number_id: id }) => id,
      toRecord: (row) => ({
        phoneNumberId: row.phone_number_id,
        displayPhoneNumber: row.display_phone_number,
        paceUntil: row.pace_until,
        nextSendAt: row.next_send_at,
      }),
    });
  },
  write({ database }, { displayPhoneNumber, nextSendAt, paceUntil, phoneNumberId }) {
    database.run(
      `INSERT INTO business_numbers (phone_number_id, display_phone_number, pace_until, next_send_at)
       VALUES (?, ?, ?, ?)`,
      phoneNumberId,
      displayPhoneNumber,
      paceUntil,
      nextSendAt,
    );
  },
};
