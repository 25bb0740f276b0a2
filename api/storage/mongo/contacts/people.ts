import type { Core } from '../core.ts';
import type { Identity } from '../../../contacts/contact.ts';
import type { ContactDocument } from '../documents.ts';
import { keysOf } from './identifiers.ts';
import { knownContacts } from './known-contacts.ts';
import type { Owners } from './known-contacts.ts';

/**
 * Whom a delivery has named so far, so that its hundredth message of one person asks nobody who that
 * is. Somebody else may have joined them meanwhile: that is found when the message is filed.
 */
export interface People {
  ownersOf(core: Core, identity: Identity): Promise<Owners | undefined>;
  /** As it is now; under each of these identifiers. */
  learn(contact: ContactDocument, identity: Identity): void;
  forget(): void;
}

export function createPeople(): People {
  const byKey = new Map<string, ContactDocument>();
  return {
    ownersOf(core, identity) {
      const keys = keysOf(identity);
      const known = keys.flatMap((key): [string, ContactDocument][] => {
        const contact = byKey.get(key);
        return contact === undefined ? [] : [[key, contact]];
      });
      if (known.length === keys.length) return Promise.resolve(new Map(known));
      return knownContacts(core, identity);
    },
    learn(contact, identity) {
      for (const [key, other] of byKey) if (other._id === contact._id) byKey.set(key, contact);
      for (const key of keysOf(identity)) if (!byKey.has(key)) byKey.set(key, contact);
    },
    forget: () => {
      byKey.clear();
    },
  };
}
