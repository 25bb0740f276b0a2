import type { Instant } from '../clock.ts';
import type { ContactId } from '../ids.ts';

/** A person who writes to the business: known by a phone number, a business-scoped user id, or both. */
export interface Contact {
  readonly id: ContactId;
  /** wa_id: digits only, country code first. */
  readonly phoneNumber: string | null;
  /** Business-scoped user id (BSUID). */
  readonly userId: string | null;
  readonly username: string | null;
  readonly profileName: string | null;
  /** The time of the message that told the phone number; the newest one holds. */
  readonly phoneNumberSince: Instant | null;
  /** The time of the message that told the name. */
  readonly profileSince: Instant | null;
}

/** What a webhook or a send says about a person. */
export interface Identity {
  readonly phoneNumber: string | null;
  readonly userId: string | null;
  readonly username: string | null;
  readonly profileName: string | null;
}

export function displayNameOf(contact: Identity): string {
  if (contact.profileName !== null && contact.profileName.trim() !== '') return contact.profileName;
  if (contact.username !== null) return `@${contact.username}`;
  if (contact.phoneNumber !== null) return `+${contact.phoneNumber}`;
  return 'Unknown contact';
}
