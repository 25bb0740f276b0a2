import type { Instant } from '../../../clock.ts';
import type { Identity } from '../../../contacts/contact.ts';
import { changeNumber } from '../../../contacts/resolve-contact.ts';
import { untilDone } from '../again.ts';
import type { Core } from '../core.ts';
import type { ContactDocument } from '../documents.ts';
import { cleanIdentity, fieldsOf, saveContact, toContact } from './contact-documents.ts';
import { contactById, finishJoin, liveContact } from './finish-join.ts';
import { knownBy } from './identify.ts';
import { claimFree, keysOf } from './identifiers.ts';
import type { IdentifierKey } from './identifiers.ts';
import { knownContacts } from './known-contacts.ts';

/** Applies the notice that somebody changed their number, where it concerns nobody else. */
export async function applyChangeOfNumber(
  core: Core,
  person: ContactDocument,
  change: { readonly next: Identity; readonly at: Instant },
): Promise<ContactDocument> {
  const next = cleanIdentity(change.next);
  return untilDone(async () => {
    const owners = await knownContacts(core, next);
    if (owners === undefined) return undefined;
    const before = await liveContact(core, await contactById(core, person._id));
    if (before.absorbing !== undefined) {
      await finishJoin(core, before);
      return undefined;
    }
    const known = knownBy(owners, next);
    const changed = changeNumber(toContact(before), next, { at: change.at, known });
    if (changed === null) return before;
    const free = keysOf(next).filter((key) => !owners.has(key));
    if (!(await claimAll(core, free, before))) return undefined;
    const { phoneNumber } = next;
    const numbers = phoneNumber === null ? [] : [phoneNumber];
    return saveContact(core, before, {
      ...fieldsOf(changed),
      numbers: [...new Set([...before.numbers, ...numbers])],
    });
  });
}

/** All of them or, as far as nobody came in between, none. */
async function claimAll(
  core: Core,
  keys: readonly IdentifierKey[],
  { _id: contactId }: ContactDocument,
): Promise<boolean> {
  const claimed: IdentifierKey[] = [];
  for (const key of keys) {
    if (!(await claimFree(core, key, contactId))) {
      await core.collections.identifiers.deleteMany({ _id: { $in: claimed }, contactId });
      return false;
    }
    claimed.push(key);
  }
  return true;
}
