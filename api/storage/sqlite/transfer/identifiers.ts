import { tailsOf } from '../../../contacts/phone-number.ts';
import { trustedId } from '../../../ids.ts';
import type { IdentifierRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import type { Exchange } from './exchange.ts';
import { placeOf, portionSize, valuesOf } from './exchange.ts';
import { keyOf } from './keys.ts';

interface IdentifierRow extends Pick<IdentifierRecord, 'kind' | 'value'> {
  readonly contact_id: string;
}

/** Of a number each end is a word that its contact is found by, too. */
export const identifiers: Exchange<IdentifierRecord> = {
  table: 'identifiers',
  read({ database }, after) {
    const rows = database.all<IdentifierRow>(
      `SELECT i.kind, i.value, c.id AS contact_id FROM identifiers i JOIN contacts c ON c.key = i.contact
       WHERE (i.kind, i.value) > (?, ?) ORDER BY i.kind, i.value LIMIT ?`,
      ...valuesOf(after, ['', '']),
      portionSize,
    );
    return portionOf(rows, portionSize, {
      cursorOf: ({ kind, value }) => placeOf(kind, value),
      toRecord: ({ contact_id: id, kind, value }) => ({
        kind,
        value,
        contactId: trustedId('cnt', id),
      }),
    });
  },
  write({ database }, { contactId, kind, value }) {
    const contact = keyOf(database, 'contacts', contactId);
    database.run(
      'INSERT INTO identifiers (kind, value, contact) VALUES (?, ?, ?)',
      kind,
      value,
      contact,
    );
    if (kind !== 'phone') return;
    for (const word of tailsOf(value)) {
      database.run(
        'INSERT INTO contact_words (word, contact) VALUES (?, ?) ON CONFLICT DO NOTHING',
        word,
        contact,
      );
    }
  },
};
