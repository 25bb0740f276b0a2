import type { Instant } from '../../../clock.ts';
import type { Contact, Identity } from '../../../contacts/contact.ts';
import { resolveContact } from '../../../contacts/resolve-contact.ts';
import { untilDone } from '../again.ts';
import type { Core } from '../core.ts';
import type { ContactDocument } from '../documents.ts';
import { cleanIdentity, fieldsOf, saveContact, toContact } from './contact-documents.ts';
import { beginJoin } from './finish-join.ts';
import { giveUpNumber } from './give-up-number.ts';
import { claimFree, keysOf, passOn, phoneKey, userKey } from './identifiers.ts';
import type { Owners } from './known-contacts.ts';
import { createPeople } from './people.ts';
import type { People } from './people.ts';

/** Who it is. */
export interface Identified {
  readonly contact: ContactDocument;
  /** Two contacts became one by it. */
  readonly hasJoined: boolean;
}

interface Told {
  readonly identity: Identity;
  readonly at: Instant;
  readonly owners: Owners;
}

/**
 * Finds or makes the contact that a payload names, and learns from it. An identifier is taken before the
 * contact says that it has it; whatever comes in between, the next look sees how far it went.
 */
export async function identify(core: Core, told: Identity, at: Instant): Promise<ContactDocument> {
  return (await identifyAmong(core, await createPeople(core), { identity: told, at })).contact;
}

/** The same in a delivery that has named people before. */
export async function identifyAmong(
  core: Core,
  people: People,
  { at, identity: told }: { readonly identity: Identity; readonly at: Instant },
): Promise<Identified> {
  const identity = cleanIdentity(told);
  if (identity.phoneNumber === null && identity.userId === null) {
    throw new Error('Neither a phone number nor a user id says who it is');
  }
  let hasJoined = false;
  const contact = await untilDone(async () => {
    const owners = await people.ownersOf(identity);
    if (owners === undefined) return undefined;
    const step = await takeStep(core, { identity, at, owners });
    hasJoined ||= step === 'joining';
    if (step !== undefined && step !== 'joining') return step;
    people.forget(identity);
    return undefined;
  });
  people.learn(contact, identity);
  return { contact, hasJoined };
}

/** Undefined: look again, either since somebody was in the way or to go on. */
async function takeStep(core: Core, told: Told): Promise<ContactDocument | 'joining' | undefined> {
  const { identity, at, owners } = told;
  const known = [...owners.values()];
  const documentOf = (contact: Contact): ContactDocument => {
    const found = known.find(({ _id }) => _id === contact.id);
    if (found === undefined) throw new Error(`Unknown contact ${contact.id}`);
    return found;
  };
  const resolution = resolveContact(identity, at, knownBy(owners, identity));
  switch (resolution.kind) {
    case 'join':
      await beginJoin(core, documentOf(resolution.contact), resolution.absorbed.id);
      return 'joining';
    case 'create':
      return create(core, resolution.contact, identity);
    case 'update': {
      const { contact, takePhoneFrom: former } = resolution;
      const takeFrom = former === null ? null : documentOf(former);
      return update(core, { before: documentOf(contact), after: contact, takeFrom }, told);
    }
  }
}

export function knownBy(owners: Owners, { phoneNumber, userId }: Identity) {
  const byPhone = phoneNumber === null ? undefined : owners.get(phoneKey(phoneNumber));
  const byUserId = userId === null ? undefined : owners.get(userKey(userId));
  return {
    byPhone: byPhone === undefined ? null : toContact(byPhone),
    byUserId: byUserId === undefined ? null : toContact(byUserId),
  };
}

/** With one identifier, by which it is found from then on; a number beside a user id is a step of its own. */
async function create(
  core: Core,
  told: Omit<Contact, 'id'>,
  identity: Identity,
): Promise<ContactDocument | undefined> {
  const isByUserId = told.userId !== null;
  const contact: ContactDocument = {
    _id: core.ids.next('cnt'),
    ...told,
    ...(isByUserId && { phoneNumber: null, phoneNumberSince: null }),
    numbers: isByUserId || told.phoneNumber === null ? [] : [told.phoneNumber],
    revision: 0,
  };
  const [key] = keysOf({ ...identity, phoneNumber: isByUserId ? null : identity.phoneNumber });
  if (key === undefined) throw new Error('A contact without any identifier');
  await core.collections.contacts.insertOne(contact);
  if (!(await claimFree(core, key, contact._id))) {
    await core.collections.contacts.deleteOne({ _id: contact._id });
    return undefined;
  }
  return isByUserId && identity.phoneNumber !== null ? undefined : contact;
}

interface Updating {
  readonly before: ContactDocument;
  readonly after: Contact;
  /** Whose number it is from now on not any more. */
  readonly takeFrom: ContactDocument | null;
}

async function update(
  core: Core,
  { before, after, takeFrom }: Updating,
  { identity, owners }: Told,
): Promise<ContactDocument | undefined> {
  const { phoneNumber } = identity;
  for (const key of keysOf(identity)) {
    if (!owners.has(key) && !(await claimFree(core, key, before._id))) return undefined;
  }
  if (takeFrom !== null && phoneNumber !== null) {
    if (!(await giveUpNumber(core, takeFrom, phoneNumber))) return undefined;
    const passing = { from: takeFrom._id, to: before._id };
    if (!(await passOn(core, phoneKey(phoneNumber), passing))) return undefined;
  }
  const owner = phoneNumber === null ? undefined : owners.get(phoneKey(phoneNumber));
  const isTheirs = takeFrom !== null || owner === undefined || owner._id === before._id;
  const numbers =
    phoneNumber === null || !isTheirs || before.numbers.includes(phoneNumber)
      ? before.numbers
      : [...before.numbers, phoneNumber];
  return saveContact(core, before, { ...fieldsOf(after), numbers });
}
