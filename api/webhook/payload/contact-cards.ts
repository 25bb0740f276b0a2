import { z } from 'zod';
import type { ContactCard, ContactsContent } from '../../messages/message-content.ts';
import { label, optional } from './fields.ts';

// Any part of a card may be absent, and a card is better shown in part than not at all.
const card = z
  .object({
    name: optional(
      z.object({
        formatted_name: optional(label),
        first_name: optional(label),
        last_name: optional(label),
      }),
    ),
    phones: optional(z.array(z.object({ phone: optional(label), wa_id: optional(label) }))),
    emails: optional(z.array(z.object({ email: optional(label) }))),
    org: optional(z.object({ company: optional(label) })),
  })
  .transform(({ name, phones, emails, org }): ContactCard => {
    const numbers = present((phones ?? []).map((entry) => entry.phone ?? entry.wa_id));
    const addresses = present((emails ?? []).map((entry) => entry.email));
    const organization = org?.company ?? null;
    const fullName = present([name?.first_name, name?.last_name]).join(' ');
    const names = present([name?.formatted_name, fullName, organization, ...numbers, ...addresses]);
    return {
      name: names[0] ?? 'Contact without a name',
      phones: numbers,
      emails: addresses,
      organization,
    };
  });

export const contactCards = z
  .object({ contacts: z.array(card).min(1, 'is empty') })
  .transform((message): ContactsContent => ({ type: 'CONTACTS', cards: message.contacts }));

function present(texts: readonly (string | null | undefined)[]): string[] {
  return texts.filter((text): text is string => text !== null && text !== undefined && text !== '');
}
