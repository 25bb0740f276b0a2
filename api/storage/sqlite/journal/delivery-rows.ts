import { trustedId } from '../../../ids.ts';
import type { DeliveryState, JournalEntry, Verdict } from '../../store.ts';

export interface DeliveryRow {
  readonly key: number;
  readonly id: string;
  readonly received_at: number;
  readonly state: DeliveryState;
  readonly size_bytes: number;
  readonly verdicts: string;
}

/** Everything but the body. */
export const deliveryColumns = 'key, id, received_at, state, size_bytes, verdicts';

export function toEntry(row: DeliveryRow): JournalEntry {
  return {
    id: trustedId('dlv', row.id),
    receivedAt: row.received_at,
    state: row.state,
    sizeBytes: row.size_bytes,
    // Our own JSON, written from the same type.
    verdicts: JSON.parse(row.verdicts) as Verdict[],
  };
}
