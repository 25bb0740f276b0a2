import type { Core } from '../core.ts';
import { tellOfContact } from '../conversations/tell-of-contact.ts';
import type { ContactDocument } from '../documents.ts';
import { saveContact } from './contact-documents.ts';

/**
 * A number is somebody else's from now on. Done whole, with the conversations that showed it, before the
 * number is passed on: afterwards nobody would meet this contact any more. False: look again.
 */
export async function giveUpNumber(
  core: Core,
  former: ContactDocument,
  phoneNumber: string,
): Promise<boolean> {
  const isPresent = former.phoneNumber === phoneNumber;
  const without = await saveContact(core, former, {
    ...(isPresent && { phoneNumber: null, phoneNumberSince: null }),
    numbers: former.numbers.filter((number) => number !== phoneNumber),
  });
  if (without === undefined) return false;
  await tellOfContact(core, without);
  return true;
}
