import type { Identity } from '../../../contacts/contact.ts';
import type { ContactId } from '../../../ids.ts';
import type { Core } from '../core.ts';
import { isDuplicateKey } from '../unique.ts';

export type IdentifierKey = `phone:${string}` | `user:${string}`;

/** The user id first: it is nobody else's ever. */
export function keysOf({ phoneNumber, userId }: Identity): IdentifierKey[] {
  return [
    ...(userId === null ? [] : [userKey(userId)]),
    ...(phoneNumber === null ? [] : [phoneKey(phoneNumber)]),
  ];
}

export function phoneKey(phoneNumber: string): IdentifierKey {
  return `phone:${phoneNumber}`;
}

export function userKey(userId: string): IdentifierKey {
  return `user:${userId}`;
}

/** False: somebody has it meanwhile. */
export async function claimFree(
  core: Core,
  key: IdentifierKey,
  contactId: ContactId,
): Promise<boolean> {
  try {
    await core.collections.identifiers.insertOne({ _id: key, contactId });
    return true;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return false;
  }
}

/** From now on it means another contact. False: it did not mean the former one any more. */
export async function passOn(
  core: Core,
  key: IdentifierKey,
  owners: { readonly from: ContactId; readonly to: ContactId },
): Promise<boolean> {
  const { matchedCount } = await core.collections.identifiers.updateOne(
    { _id: key, contactId: owners.from },
    { $set: { contactId: owners.to } },
  );
  return matchedCount === 1;
}
