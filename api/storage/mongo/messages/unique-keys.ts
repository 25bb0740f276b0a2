import { createHash } from 'node:crypto';
import type { NewOutbound } from '../../store.ts';

// Servers before 4.2 refuse to index more than 1,024 bytes with all that goes around them.
const longestBytes = 512;
const readableCharacters = 64;

/** One message for each wamid of a business number. */
export function wamidKeyOf(phoneNumberId: string, wamid: string): string {
  return bounded(`${phoneNumberId}/${wamid}`);
}

/** One message for each idempotency key of a sender; null without one. */
export function sendKeyOf({
  sender,
  clientMessageId,
}: Pick<NewOutbound, 'sender' | 'clientMessageId'>): string | null {
  // Neither can be written so that it runs into the other.
  return clientMessageId === null ? null : bounded(JSON.stringify([sender, clientMessageId]));
}

/** Any length may come from outside: a long one is cut, and its hash keeps it apart from others. */
function bounded(key: string): string {
  if (Buffer.byteLength(key) <= longestBytes) return key;
  const hash = createHash('sha256').update(key).digest('hex');
  return `${key.slice(0, readableCharacters)}…${hash}`;
}
