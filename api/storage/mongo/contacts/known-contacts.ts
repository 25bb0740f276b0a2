import type { Identity } from '../../../contacts/contact.ts';
import type { ContactId } from '../../../ids.ts';
import type { Core } from '../core.ts';
import type { ContactDocument } from '../documents.ts';
import { finishJoin } from './finish-join.ts';
import { keysOf, phoneKey } from './identifiers.ts';
import type { IdentifierKey } from './identifiers.ts';

/** Who goes by an identifier, where somebody does. */
export type Owners = ReadonlyMap<string, ContactDocument>;

/** Undefined: a join that was begun had to be finished first, so that all looks different now. */
export async function knownContacts(core: Core, identity: Identity): Promise<Owners | undefined> {
  const owners = await ownersByKeys(core, keysOf(identity));
  const joining = [...owners.values()].filter(isJoining);
  for (const contact of joining) await finishJoin(core, contact);
  return joining.length > 0 ? undefined : owners;
}

/** Those who go by these identifiers, whatever they are about to become. */
export async function ownersByKeys(core: Core, keys: readonly IdentifierKey[]): Promise<Owners> {
  const { contacts, identifiers } = core.collections;
  const known = await identifiers.find({ _id: { $in: [...keys] } }).toArray();
  if (known.length === 0) return new Map();
  const ids = [...new Set(known.map(({ contactId }) => contactId))];
  const found = await contacts.find({ _id: { $in: ids } }).toArray();
  const byId = new Map(found.map((contact) => [contact._id, contact]));
  return new Map(
    known.flatMap(({ _id, contactId }) => {
      const contact = byId.get(contactId);
      return contact === undefined ? [] : [[_id, contact]];
    }),
  );
}

/** It is to be looked at again once its join is finished. */
export function isJoining({ absorbing, joinedInto }: ContactDocument): boolean {
  return absorbing !== undefined || joinedInto !== undefined;
}

/** Everybody that the owner of a number was joined from or into, the present one last; empty: nobody has it. */
export async function contactsOfNumber(
  core: Core,
  phoneNumber: string,
): Promise<readonly ContactId[]> {
  const owner = await core.collections.identifiers.findOne({ _id: phoneKey(phoneNumber) });
  return owner === null ? [] : chainFrom(core, owner.contactId);
}

async function chainFrom(core: Core, id: ContactId): Promise<ContactId[]> {
  const contact = await core.collections.contacts.findOne(
    { _id: id },
    { projection: { joinedInto: 1 } },
  );
  const next = contact?.joinedInto;
  return next === undefined ? [id] : [id, ...(await chainFrom(core, next))];
}

/** Also by the ids of those that were absorbed. */
export async function contactsByIds(
  core: Core,
  ids: readonly ContactId[],
): Promise<ReadonlyMap<ContactId, ContactDocument>> {
  const found = await core.collections.contacts.find({ _id: { $in: [...new Set(ids)] } }).toArray();
  const targets = found.flatMap(({ joinedInto }) => joinedInto ?? []);
  const joined: ReadonlyMap<ContactId, ContactDocument> =
    targets.length === 0 ? new Map() : await contactsByIds(core, targets);
  return new Map(
    found.flatMap((contact): [ContactId, ContactDocument][] => {
      const live = contact.joinedInto === undefined ? contact : joined.get(contact.joinedInto);
      return live === undefined ? [] : [[contact._id, live]];
    }),
  );
}
