import type { Rejection } from '../../store.ts';
import type { RejectionCountRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import type { Exchange } from './exchange.ts';
import { portionSize } from './exchange.ts';

/** There are a few hundred at most. */
export const rejections: Exchange<Rejection> = {
  table: 'rejections',
  read: ({ database }) => ({
    records: database.all<Rejection>(
      'SELECT at, status, reason, times FROM rejections ORDER BY key',
    ),
    next: null,
  }),
  write({ database }, { at, reason, status, times }) {
    database.run(
      'INSERT INTO rejections (at, status, reason, times) VALUES (?, ?, ?, ?)',
      at,
      status,
      reason,
      times,
    );
  },
};

export const rejectionCounts: Exchange<RejectionCountRecord> = {
  table: 'rejection_counts',
  read({ database }, after) {
    const rows = database.all<RejectionCountRecord>(
      'SELECT minute, rejected FROM rejection_counts WHERE minute > ? ORDER BY minute LIMIT ?',
      after === null ? -1 : Number(after),
      portionSize,
    );
    return portionOf(rows, portionSize, {
      cursorOf: ({ minute }) => String(minute),
      toRecord: (row) => row,
    });
  },
  write({ database }, { minute, rejected }) {
    database.run('INSERT INTO rejection_counts (minute, rejected) VALUES (?, ?)', minute, rejected);
  },
};
