import type { MessageDocument } from '../documents.ts';
import { wamidKeyOf } from './unique-keys.ts';

export interface NamedAttempt {
  readonly attempt: number;
  readonly wamid: string;
}

/**
 * WhatsApp's id for an attempt became known. Null: it was known. `isTaken`: an echo of our own message
 * brought it first and keeps it.
 */
export function nameAttempt(
  before: MessageDocument,
  { attempt, wamid }: NamedAttempt,
  isTaken: boolean,
): Partial<Pick<MessageDocument, 'wamid' | 'wamidKey' | 'attempts' | 'attemptKeys'>> | null {
  const isNew = before.attempts.some((of) => of.attempt === attempt && of.wamid === null);
  if (!isNew) return null;
  const key = wamidKeyOf(before.phoneNumberId, wamid);
  const isNewest = attempt === before.delivery.attempt || before.wamid === null;
  return {
    attempts: before.attempts.map((of) => (of.attempt === attempt ? { ...of, wamid } : of)),
    attemptKeys: [...new Set([...before.attemptKeys, key])],
    ...(isNewest && !isTaken && { wamid, wamidKey: key }),
  };
}
