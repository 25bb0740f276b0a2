import { trustedId } from '../../../ids.ts';
import type { ContactRecord } from '../../transfer/records.ts';
import { portionOf } from '../../transfer/transfer.ts';
import { indexContact, insertContact, toContact } from '../contacts/contact-rows.ts';
import type { ContactRow } from '../contacts/contact-rows.ts';
import type { Exchange } from './exchange.ts';
import { portionSize } from './exchange.ts';

export const contacts: Exchange<ContactRecord> = {
  table: 'contacts',
  read({ database }, after) {
    const rows = database.all<ContactRow>(
      'SELECT * FROM contacts WHERE id > ? ORDER BY id LIMIT ?',
      after ?? '',
      portionSize,
    );
    return portionOf(rows, portionSize, {
      cursorOf: ({ id }) => id,
      toRecord: (row) => ({
        ...toContact(row),
        formerIds: database
          .all<{ id: string }>(
            'SELECT id FROM former_contacts WHERE contact = ? ORDER BY id',
            row.key,
          )
          .map(({ id }) => trustedId('cnt', id)),
      }),
    });
  },
  write({ database }, { formerIds, ...contact }) {
    const stored = insertContact(database, contact);
    indexContact(database, stored);
    for (const id of formerIds) {
      database.run('INSERT INTO former_contacts (id, contact) VALUES (?, ?)', id, stored.key);
    }
  },
};
