import { z } from 'zod';
import { userIdOf } from './identifiers.ts';

/** A person with a phone. */
export interface Customer {
  /** The phone number, or the user id of a person known without one. */
  readonly id: string;
  /** Digits only; null: known by username alone, so that no webhook carries a number. */
  readonly phoneNumber: string | null;
  /** The business-scoped user id. */
  readonly userId: string;
  readonly username: string | null;
  readonly name: string;
  /** Off: messages wait undelivered, and what the person writes leaves later. */
  readonly isOnline: boolean;
  /** Off: no `read` ever comes. */
  readonly sendsReadReceipts: boolean;
  /** Off: whatever is sent fails with 131026. */
  readonly isOnWhatsApp: boolean;
  /** The manner in which they answer by themselves; null: they do not. */
  readonly answersAs: string | null;
}

const digits = z.string().regex(/^\d{7,15}$/, 'digits only, 7 to 15, country code first');

export const personSchema = z
  .object({
    phoneNumber: digits.nullish(),
    userId: z.string().min(1).max(140).optional(),
    username: z.string().min(1).max(64).nullish(),
    name: z.string().max(200),
    isOnline: z.boolean().optional(),
    sendsReadReceipts: z.boolean().optional(),
    isOnWhatsApp: z.boolean().optional(),
    answersAs: z.string().nullish(),
  })
  .refine((person) => person.phoneNumber ?? person.userId ?? person.username, {
    message: 'needs a phoneNumber, a userId or a username',
  });
export type Person = z.infer<typeof personSchema>;

export const phoneSettingsSchema = z.object({
  isOnline: z.exactOptional(z.boolean()),
  sendsReadReceipts: z.exactOptional(z.boolean()),
  isOnWhatsApp: z.exactOptional(z.boolean()),
  answersAs: z.exactOptional(z.string().nullable()),
  name: z.exactOptional(z.string().max(200)),
});
export type PhoneSettings = z.infer<typeof phoneSettingsSchema>;

export function createCustomer(person: Person): Customer {
  const phoneNumber = person.phoneNumber ?? null;
  const userId = person.userId ?? userIdOf(phoneNumber ?? person.username ?? person.name);
  return {
    id: phoneNumber ?? userId,
    phoneNumber,
    userId,
    username: person.username ?? null,
    name: person.name,
    isOnline: person.isOnline ?? true,
    sendsReadReceipts: person.sendsReadReceipts ?? true,
    isOnWhatsApp: person.isOnWhatsApp ?? !(phoneNumber?.endsWith('0000') ?? false),
    answersAs: person.answersAs ?? null,
  };
}

const namesOfStrangers = [
  'Ines Duarte',
  'Noah Lindqvist',
  'Priya Raman',
  'Mateo Rossi',
  'Hana Sato',
  'Oluwaseun Bello',
  'Clara Weiss',
  'Jonah Reyes',
  'Sofia Marino',
  'Emre Yildiz',
];

/** Somebody the business writes to first: any number is somebody. */
export function createStranger(phoneNumber: string, answersAs: string | null): Customer {
  const pick = Number(phoneNumber.slice(-6)) % namesOfStrangers.length;
  return createCustomer({ phoneNumber, name: namesOfStrangers[pick] ?? '', answersAs });
}
