import { z } from 'zod';
import type { Identity } from '../../contacts/contact.ts';
import { label, optional, phoneNumber, userId } from './fields.ts';

const entry = z
  .object({
    wa_id: optional(phoneNumber),
    user_id: optional(userId),
    profile: optional(z.object({ name: optional(label), username: optional(label) })),
  })
  .transform(({ wa_id, user_id, profile }): Identity => ({
    phoneNumber: wa_id,
    userId: user_id,
    username: filled(profile?.username),
    profileName: filled(profile?.name),
  }));

/** The `contacts` that came along: who is meant by a number or a user id. */
export interface People {
  /** Adds what `contacts` knows about this person; what the message itself says holds. */
  complete(told: Pick<Identity, 'phoneNumber' | 'userId'>): Identity;
}

/** Its order says nothing: entries are found by number or user id, and any of them may be missing. */
export function readPeople(contacts: unknown): People {
  const byUserId = new Map<string, Identity>();
  const byPhoneNumber = new Map<string, Identity>();
  for (const raw of Array.isArray(contacts) ? contacts : []) {
    const person = entry.safeParse(raw).data;
    if (person === undefined) continue;
    if (person.userId !== null) byUserId.set(person.userId, person);
    if (person.phoneNumber !== null) byPhoneNumber.set(person.phoneNumber, person);
  }

  function find({ phoneNumber, userId }: Pick<Identity, 'phoneNumber' | 'userId'>) {
    const candidates = [
      userId === null ? undefined : byUserId.get(userId),
      phoneNumber === null ? undefined : byPhoneNumber.get(phoneNumber),
    ];
    return candidates.find(
      (person) =>
        person !== undefined &&
        agree(person.userId, userId) &&
        agree(person.phoneNumber, phoneNumber),
    );
  }

  return {
    complete(told) {
      const found = find(told);
      return {
        phoneNumber: told.phoneNumber ?? found?.phoneNumber ?? null,
        userId: told.userId ?? found?.userId ?? null,
        username: found?.username ?? null,
        profileName: found?.profileName ?? null,
      };
    },
  };
}

function agree(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}

function filled(text: string | null | undefined): string | null {
  return text === undefined || text === null || text.trim() === '' ? null : text;
}
