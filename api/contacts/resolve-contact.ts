import type { Instant } from '../clock.ts';
import type { Contact, Identity } from './contact.ts';

/**
 * What to do about the person named by a payload. Phone numbers and user ids are each unique, and
 * either may come first:
 * - a payload with both joins a person known by the one with a person known by the other;
 * - two people who both have a user id are never joined; their common number belongs to whoever a
 *   newer message says;
 * - a number that somebody had before is theirs for messages from that time, and from nobody else
 *   since; whoever brings it with a user id later is another person.
 */
export type Resolution =
  | {
      readonly kind: 'create';
      readonly contact: Omit<Contact, 'id'>;
      readonly takePhoneFrom: Contact | null;
    }
  | { readonly kind: 'update'; readonly contact: Contact; readonly takePhoneFrom: Contact | null }
  /** `contact` goes on, with the conversations of `absorbed`. */
  | { readonly kind: 'join'; readonly contact: Contact; readonly absorbed: Contact };

export interface KnownContacts {
  readonly byPhone: Contact | null;
  readonly byUserId: Contact | null;
}

export function resolveContact(identity: Identity, at: Instant, known: KnownContacts): Resolution {
  const { byPhone, byUserId } = known;
  if (byUserId !== null && byPhone !== null && byUserId.id !== byPhone.id) {
    if (byPhone.userId === null && isTheirs(byPhone, identity, at)) {
      const [survivor, absorbed] =
        byPhone.id < byUserId.id ? [byPhone, byUserId] : [byUserId, byPhone];
      return { kind: 'join', contact: learn(combine(survivor, absorbed), identity, at), absorbed };
    }
    return takePhone(byUserId, byPhone, { identity, at });
  }
  if (byUserId !== null) {
    return { kind: 'update', contact: learn(byUserId, identity, at), takePhoneFrom: null };
  }
  if (byPhone === null) {
    return { kind: 'create', contact: learn(nobody, identity, at), takePhoneFrom: null };
  }
  const isSomebodyElse =
    identity.userId !== null && (byPhone.userId !== null || !isTheirs(byPhone, identity, at));
  if (!isSomebodyElse) {
    return { kind: 'update', contact: learn(byPhone, identity, at), takePhoneFrom: null };
  }
  // The number was handed to a new owner, or this payload is older than the present one's.
  const isNewer = isNewerThan(at, byPhone.phoneNumberSince);
  const told = isNewer ? identity : { ...identity, phoneNumber: null };
  return {
    kind: 'create',
    contact: learn(nobody, told, at),
    takePhoneFrom: isNewer ? byPhone : null,
  };
}

/**
 * The contact after a notice that they changed their number, or null when it must not be applied:
 * somebody we know already goes by the new number or user id.
 */
export function changeNumber(
  contact: Contact,
  next: Identity,
  change: { readonly at: Instant; readonly known: KnownContacts },
): Contact | null {
  const { at, known } = change;
  const isTaken = [known.byPhone, known.byUserId].some(
    (other) => other !== null && other.id !== contact.id,
  );
  if (isTaken || !isNewerThan(at, contact.phoneNumberSince)) return null;
  return {
    ...contact,
    phoneNumber: next.phoneNumber ?? contact.phoneNumber,
    userId: next.userId ?? contact.userId,
    phoneNumberSince: at,
  };
}

function takePhone(
  owner: Contact,
  former: Contact,
  told: { readonly identity: Identity; readonly at: Instant },
): Resolution {
  const { identity, at } = told;
  const isNewer =
    isNewerThan(at, former.phoneNumberSince) && isNewerThan(at, owner.phoneNumberSince);
  const learned = learn(owner, isNewer ? identity : { ...identity, phoneNumber: null }, at);
  return { kind: 'update', contact: learned, takePhoneFrom: isNewer ? former : null };
}

/** Whether the number was the contact's at that time, as far as we know. */
function isTheirs(contact: Contact, { phoneNumber }: Identity, at: Instant): boolean {
  return contact.phoneNumber === phoneNumber || !isNewerThan(at, contact.phoneNumberSince);
}

/** What is known of both: the newer number and name, and whatever one of them lacks. */
export function combine(survivor: Contact, absorbed: Contact): Contact {
  const numbered =
    survivor.phoneNumber === null ||
    (absorbed.phoneNumber !== null &&
      isNewerThan(absorbed.phoneNumberSince, survivor.phoneNumberSince))
      ? absorbed
      : survivor;
  const named = isNewerThan(absorbed.profileSince, survivor.profileSince) ? absorbed : survivor;
  return {
    ...survivor,
    phoneNumber: numbered.phoneNumber,
    phoneNumberSince: numbered.phoneNumberSince,
    userId: survivor.userId ?? absorbed.userId,
    username: named.username ?? survivor.username ?? absorbed.username,
    profileName: named.profileName ?? survivor.profileName ?? absorbed.profileName,
    profileSince: named.profileSince,
  };
}

function learn<Known extends Omit<Contact, 'id'>>(
  contact: Known,
  identity: Identity,
  at: Instant,
): Known {
  return {
    ...contact,
    ...learnedPhone(contact, identity, at),
    ...learnedProfile(contact, identity, at),
    userId: contact.userId ?? identity.userId,
  };
}

function learnedPhone(contact: Omit<Contact, 'id'>, { phoneNumber }: Identity, at: Instant) {
  const isNews = phoneNumber !== null && isNewerThan(at, contact.phoneNumberSince);
  return isNews ? { phoneNumber, phoneNumberSince: at } : {};
}

function learnedProfile(
  contact: Omit<Contact, 'id'>,
  { profileName, username }: Identity,
  at: Instant,
) {
  const isNews =
    (profileName !== null || username !== null) && isNewerThan(at, contact.profileSince);
  if (!isNews) {
    return {
      profileName: contact.profileName ?? profileName,
      username: contact.username ?? username,
    };
  }
  return {
    profileName: profileName ?? contact.profileName,
    username: username ?? contact.username,
    profileSince: at,
  };
}

const nobody: Omit<Contact, 'id'> = {
  phoneNumber: null,
  userId: null,
  username: null,
  profileName: null,
  phoneNumberSince: null,
  profileSince: null,
};

function isNewerThan(at: Instant | null, known: Instant | null): boolean {
  return at !== null && (known === null || at >= known);
}
