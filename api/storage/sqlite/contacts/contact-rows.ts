import type { Contact } from '../../../contacts/contact.ts';
import { tailsOf } from '../../../contacts/phone-number.ts';
import { trustedId } from '../../../ids.ts';
import { tokensOf } from '../../../search/tokens.ts';
import type { Database } from '../database.ts';

export interface ContactRow {
  readonly key: number;
  readonly id: string;
  readonly phone_number: string | null;
  readonly user_id: string | null;
  readonly username: string | null;
  readonly profile_name: string | null;
  readonly phone_number_since: number | null;
  readonly profile_since: number | null;
}

export interface StoredContact {
  readonly key: number;
  readonly contact: Contact;
}

export type IdentifierKind = 'phone' | 'user';

export function toContact(row: ContactRow): Contact {
  return {
    id: trustedId('cnt', row.id),
    phoneNumber: row.phone_number,
    userId: row.user_id,
    username: row.username,
    profileName: row.profile_name,
    phoneNumberSince: row.phone_number_since,
    profileSince: row.profile_since,
  };
}

export function contactByKey(database: Database, key: number): StoredContact | null {
  return stored(database.get<ContactRow>('SELECT * FROM contacts WHERE key = ?', key));
}

/** Also by a number or user id that the contact had before. */
export function contactByIdentifier(
  database: Database,
  kind: IdentifierKind,
  value: string | null,
): StoredContact | null {
  if (value === null) return null;
  return stored(
    database.get<ContactRow>(
      `SELECT c.* FROM identifiers i JOIN contacts c ON c.key = i.contact
       WHERE i.kind = ? AND i.value = ?`,
      kind,
      value,
    ),
  );
}

export function insertContact(database: Database, contact: Contact): StoredContact {
  const { lastId } = database.run(
    `INSERT INTO contacts (id, phone_number, user_id, username, profile_name, phone_number_since,
       profile_since) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    contact.id,
    ...columnsOf(contact),
  );
  return { key: lastId, contact };
}

export function updateContact(database: Database, { key, contact }: StoredContact): void {
  database.run(
    `UPDATE contacts SET phone_number = ?, user_id = ?, username = ?, profile_name = ?,
       phone_number_since = ?, profile_since = ? WHERE key = ?`,
    ...columnsOf(contact),
    key,
  );
}

/** From now on the identifier means this contact, whoever had it before. */
export function claimIdentifier(
  database: Database,
  identifier: { readonly kind: IdentifierKind; readonly value: string | null },
  contactKey: number,
): void {
  if (identifier.value === null) return;
  database.run(
    `INSERT INTO identifiers (kind, value, contact) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET contact = excluded.contact WHERE contact <> excluded.contact`,
    identifier.kind,
    identifier.value,
    contactKey,
  );
}

/** The identifier means this contact as well, unless it means another one. */
export function addIdentifier(
  database: Database,
  identifier: { readonly kind: IdentifierKind; readonly value: string | null },
  contactKey: number,
): void {
  if (identifier.value === null) return;
  database.run(
    'INSERT INTO identifiers (kind, value, contact) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    identifier.kind,
    identifier.value,
    contactKey,
  );
}

/** Writes down the words of the name, the username and of every number by which the contact is known. */
export function indexContact(database: Database, { key, contact }: StoredContact): void {
  const numbers = database
    .all<{ value: string }>(
      "SELECT value FROM identifiers WHERE contact = ? AND kind = 'phone'",
      key,
    )
    .flatMap((row) => tailsOf(row.value));
  const words = new Set([
    ...tokensOf(contact.profileName ?? ''),
    ...tokensOf(contact.username ?? ''),
    ...numbers,
  ]);
  database.run('DELETE FROM contact_words WHERE contact = ?', key);
  for (const word of words) {
    database.run('INSERT INTO contact_words (word, contact) VALUES (?, ?)', word, key);
  }
}

function columnsOf(contact: Contact) {
  return [
    contact.phoneNumber,
    contact.userId,
    contact.username,
    contact.profileName,
    contact.phoneNumberSince,
    contact.profileSince,
  ] as const;
}

function stored(row: ContactRow | undefined): StoredContact | null {
  return row === undefined ? null : { key: row.key, contact: toContact(row) };
}
