import type { Instant } from '../../../clock.ts';
import type { Contact, Identity } from '../../../contacts/contact.ts';
import { changeNumber, resolveContact } from '../../../contacts/resolve-contact.ts';
import { joinConversations } from '../conversations/join-conversations.ts';
import type { Core } from '../core.ts';
import {
  addIdentifier,
  claimIdentifier,
  contactByIdentifier,
  indexContact,
  insertContact,
  updateContact,
} from './contact-rows.ts';
import type { StoredContact } from './contact-rows.ts';

/** Who it is, and the conversations that look different since we know. */
export interface Identified {
  readonly person: StoredContact;
  readonly changedConversations: ReadonlySet<string>;
}

/** Finds or makes the contact that a payload names, and learns from it. */
export function identify(core: Core, identity: Identity, at: Instant): Identified {
  const { database } = core;
  const byPhone = contactByIdentifier(database, 'phone', identity.phoneNumber);
  const byUserId = contactByIdentifier(database, 'user', identity.userId);
  if (identity.phoneNumber === null && identity.userId === null) {
    throw new Error('Neither a phone number nor a user id says who it is');
  }
  const resolution = resolveContact(identity, at, {
    byPhone: byPhone?.contact ?? null,
    byUserId: byUserId?.contact ?? null,
  });
  const changed = new Set<string>();
  const keyOf = (contact: Contact): number => {
    const known = [byPhone, byUserId].find((stored) => stored?.contact.id === contact.id);
    if (known === undefined || known === null) throw new Error(`Unknown contact ${contact.id}`);
    return known.key;
  };
  if (resolution.kind === 'join') {
    const survivor = { key: keyOf(resolution.contact), contact: resolution.contact };
    joinContacts(core, survivor, { key: keyOf(resolution.absorbed), changed });
    store(core, survivor, { before: null, identity, changed });
    return { person: survivor, changedConversations: changed };
  }
  const former = resolution.takePhoneFrom;
  if (former !== null) {
    giveUpPhone(core, { key: keyOf(former), contact: former }, { identity, changed });
  }
  if (resolution.kind === 'create') {
    const contact = { id: core.ids.next('cnt'), ...resolution.contact };
    const person = insertContact(database, contact);
    store(core, person, { before: null, identity, changed });
    return { person, changedConversations: changed };
  }
  const before = [byPhone, byUserId].find((known) => known?.contact.id === resolution.contact.id);
  const person = { key: keyOf(resolution.contact), contact: resolution.contact };
  store(core, person, { before: before?.contact ?? null, identity, changed });
  return { person, changedConversations: changed };
}

/** Applies the notice that somebody changed their number, where it concerns nobody else. */
export function applyChangeOfNumber(
  core: Core,
  { person, changedConversations }: Identified,
  change: { readonly next: Identity; readonly at: Instant },
): Identified {
  const { next, at } = change;
  const changed = new Set(changedConversations);
  const contact = changeNumber(person.contact, next, {
    at,
    known: {
      byPhone: contactByIdentifier(core.database, 'phone', next.phoneNumber)?.contact ?? null,
      byUserId: contactByIdentifier(core.database, 'user', next.userId)?.contact ?? null,
    },
  });
  if (contact === null) return { person, changedConversations: changed };
  const after = { key: person.key, contact };
  store(core, after, { before: person.contact, identity: next, changed });
  return { person: after, changedConversations: changed };
}

interface Storing {
  /** What is stored now; null when it is not known to be the same. */
  readonly before: Contact | null;
  readonly identity: Identity;
  readonly changed: Set<string>;
}

function store(core: Core, person: StoredContact, { before, identity, changed }: Storing): void {
  const { database } = core;
  const { contact, key } = person;
  if (before !== null && isSame(before, contact) && isKnownBy(before, identity)) return;
  if (before === null || !isKnownBy(contact, before) || !isKnownBy(before, identity)) {
    claimIdentifier(database, { kind: 'phone', value: contact.phoneNumber }, key);
    claimIdentifier(database, { kind: 'user', value: contact.userId }, key);
    addIdentifier(database, { kind: 'phone', value: identity.phoneNumber }, key);
    addIdentifier(database, { kind: 'user', value: identity.userId }, key);
  }
  updateContact(database, person);
  if (before !== null && looksSame(before, contact)) return;
  indexContact(database, person);
  noteConversations(core, key, changed);
}

function giveUpPhone(
  core: Core,
  { key, contact }: StoredContact,
  { identity, changed }: Pick<Storing, 'identity' | 'changed'>,
): void {
  const { database } = core;
  database.run(
    "DELETE FROM identifiers WHERE kind = 'phone' AND value = ? AND contact = ?",
    identity.phoneNumber,
    key,
  );
  const isFormer = contact.phoneNumber !== identity.phoneNumber;
  const without = isFormer
    ? { key, contact }
    : { key, contact: { ...contact, phoneNumber: null, phoneNumberSince: null } };
  indexContact(database, without);
  if (isFormer) return;
  updateContact(database, without);
  noteConversations(core, key, changed);
}

function joinContacts(
  core: Core,
  survivor: StoredContact,
  absorbed: { readonly key: number; readonly changed: Set<string> },
): void {
  const { database } = core;
  noteConversations(core, absorbed.key, absorbed.changed);
  database.run('UPDATE identifiers SET contact = ? WHERE contact = ?', survivor.key, absorbed.key);
  joinConversations(core, { into: survivor.key, from: absorbed.key });
  database.run('DELETE FROM contact_words WHERE contact = ?', absorbed.key);
  database.run(
    'UPDATE former_contacts SET contact = ? WHERE contact = ?',
    survivor.key,
    absorbed.key,
  );
  database.run(
    'INSERT INTO former_contacts (id, contact) SELECT id, ? FROM contacts WHERE key = ?',
    survivor.key,
    absorbed.key,
  );
  database.run('DELETE FROM contacts WHERE key = ?', absorbed.key);
  noteConversations(core, survivor.key, absorbed.changed);
}

function noteConversations(core: Core, contactKey: number, changed: Set<string>): void {
  const rows = core.database.all<{ id: string }>(
    'SELECT id FROM conversations WHERE contact = ?',
    contactKey,
  );
  for (const { id } of rows) changed.add(id);
}

/** Neither the number nor the user id in the identity is another one than the contact's. */
function isKnownBy(
  contact: Contact,
  { phoneNumber, userId }: Pick<Identity, 'phoneNumber' | 'userId'>,
): boolean {
  return (
    (phoneNumber === null || phoneNumber === contact.phoneNumber) &&
    (userId === null || userId === contact.userId)
  );
}

function isSame(a: Contact, b: Contact): boolean {
  return (
    looksSame(a, b) &&
    a.phoneNumberSince === b.phoneNumberSince &&
    a.profileSince === b.profileSince
  );
}

function looksSame(a: Contact, b: Contact): boolean {
  return (
    a.phoneNumber === b.phoneNumber &&
    a.userId === b.userId &&
    a.username === b.username &&
    a.profileName === b.profileName
  );
}
