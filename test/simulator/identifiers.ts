import { createHash, randomBytes } from 'node:crypto';

/** A message id as WhatsApp writes them: opaque, and yet with the customer's number inside. */
export function newWamid(customer: string, direction: 'fromCustomer' | 'fromBusiness'): string {
  const person = Buffer.from(customer, 'ascii');
  const unique =
    direction === 'fromCustomer'
      ? `3A${randomBytes(9).toString('hex')}`
      : randomBytes(9).toString('hex');
  const code = Buffer.from(unique.toUpperCase(), 'ascii');
  const bytes = Buffer.concat([
    Buffer.from([0x1c, 0x18, person.length]),
    person,
    Buffer.from([0x15, 0x02, 0x00, direction === 'fromCustomer' ? 0x12 : 0x11]),
    Buffer.from([0x18, code.length]),
    code,
    Buffer.from([0x00]),
  ]);
  return `wamid.${bytes.toString('base64')}`;
}

const countryOf: readonly (readonly [prefix: string, country: string])[] = [
  ['1', 'US'],
  ['20', 'EG'],
  ['33', 'FR'],
  ['34', 'ES'],
  ['44', 'GB'],
  ['49', 'DE'],
  ['55', 'BR'],
  ['61', 'AU'],
  ['81', 'JP'],
  ['91', 'IN'],
  ['971', 'AE'],
  ['972', 'IL'],
];

/** A business-scoped user id: the same for the same person each time. */
export function userIdOf(seed: string): string {
  const digest = createHash('sha256').update(seed).digest();
  const digits = digest.readBigUInt64BE().toString().padStart(20, '1');
  const country = countryOf.find(([prefix]) => seed.startsWith(prefix))?.[1] ?? 'US';
  return `${country}.${digits}`;
}

/** `+`, spaces, hyphens and parentheses are accepted around a number. */
const dressedNumber = /^\+?[\d\s()-]+$/;

/**
 * The number that WhatsApp would send to: without `+`, the country code of the *business* number goes
 * in front. Null: not a number. https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */
export function dialled(to: string, businessNumber: string): string | null {
  if (!dressedNumber.test(to)) return null;
  const digits = to.replaceAll(/\D/g, '');
  const complete = to.startsWith('+') ? digits : `${countryCode(businessNumber)}${digits}`;
  return complete.length >= 7 && complete.length <= 15 ? complete : null;
}

function countryCode(number: string): string {
  return countryOf.find(([prefix]) => number.startsWith(prefix))?.[0] ?? number.slice(0, 2);
}
