import type { Identity } from '../../../contacts/contact.ts';
import type { Core } from '../core.ts';
import type { ContactDocument } from '../documents.ts';
import { cleanIdentity } from './contact-documents.ts';
import { keysOf, phoneKey, userKey } from './identifiers.ts';
import { isJoining, knownContacts, ownersByKeys } from './known-contacts.ts';
import type { Owners } from './known-contacts.ts';

/**
 * Whom the elements that are applied together name, so that nobody is looked up for each of them. What is
 * remembered may be old: whoever writes by it fails and looks again, and where two were joined meanwhile that
 * is found when the message is filed.
 */
export interface People {
  ownersOf(identity: Identity): Promise<Owners | undefined>;
  learn(contact: ContactDocument, identity: Identity): void;
  forget(identity: Identity): void;
  /** Those who are known so far. */
  all(): readonly ContactDocument[];
}

/** All of them looked up at once; whoever else comes is looked up then. */
export async function createPeople(core: Core, named: readonly Identity[] = []): Promise<People> {
  const keys = [...new Set(named.flatMap((identity) => keysOf(cleanIdentity(identity))))];
  const owners: Owners = keys.length === 0 ? new Map() : await ownersByKeys(core, keys);
  const byKey = new Map<string, ContactDocument | null>();
  for (const key of keys) {
    const owner = owners.get(key) ?? null;
    if (owner === null || !isJoining(owner)) byKey.set(key, owner);
  }

  return {
    ownersOf(identity) {
      const asked = keysOf(identity);
      if (!asked.every((key) => byKey.has(key))) return knownContacts(core, identity);
      const known = asked.flatMap((key): [string, ContactDocument][] => {
        const owner = byKey.get(key) ?? null;
        return owner === null ? [] : [[key, owner]];
      });
      return Promise.resolve(new Map(known));
    },
    learn(contact, identity) {
      for (const [key, other] of byKey) if (other?._id === contact._id) byKey.set(key, contact);
      const { phoneNumber, userId } = identity;
      if (userId !== null) byKey.set(userKey(userId), contact);
      if (phoneNumber === null) return;
      if (contact.numbers.includes(phoneNumber)) byKey.set(phoneKey(phoneNumber), contact);
      else byKey.delete(phoneKey(phoneNumber));
    },
    all: () => [...byKey.values()].filter((contact) => contact !== null),
    forget(identity) {
      const gone = new Set(keysOf(identity).map((key) => byKey.get(key)?._id));
      for (const [key, other] of byKey) if (gone.has(other?._id)) byKey.delete(key);
      for (const key of keysOf(identity)) byKey.delete(key);
    },
  };
}
