import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type MessageId = Branded<'MessageId'>;
export type ConversationId = Branded<'ConversationId'>;
export type ContactId = Branded<'ContactId'>;
export type DeliveryId = Branded<'DeliveryId'>;

interface IdOf {
  msg: MessageId;
  cnv: ConversationId;
  cnt: ContactId;
  dlv: DeliveryId;
}

export type IdKind = keyof IdOf;

/** Makes ids that sort by the time of their making, within one process without ties. */
export interface Ids {
  next<Kind extends IdKind>(kind: Kind): IdOf[Kind];
  /** Makes every later id larger than this one: called at start with the newest stored id. */
  continueAfter(id: string): void;
}

// Crockford's base 32, as in ULID: no I, L, O, U; sorts as the number does.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const timeDigits = 10; // 50 bits of milliseconds
const tailDigits = 16; // 80 bits: random at each new millisecond, counted up within it
const idForm = /^(msg|cnv|cnt|dlv)_([0-9A-HJKMNP-TV-Z]{26})$/;

/** Trusts `value` to be an id of this kind: for what comes out of our own store. */
export function trustedId<Kind extends IdKind>(_kind: Kind, value: string): IdOf[Kind] {
  return value as IdOf[Kind];
}

/** The id of this kind that `value` holds, or null: for what comes from outside. */
export function parseId<Kind extends IdKind>(kind: Kind, value: string): IdOf[Kind] | null {
  return idKindOf(value) === kind ? trustedId(kind, value) : null;
}

export function idKindOf(value: string): IdKind | null {
  const kind = idForm.exec(value)?.[1];
  return kind === 'msg' || kind === 'cnv' || kind === 'cnt' || kind === 'dlv' ? kind : null;
}

/**
 * Ids are `<kind>_<ULID>`. They only grow, even when the clock is set back, so that they break the
 * ties of WhatsApp's whole-second times in the order of arrival.
 */
export function createIds(clock: Clock): Ids {
  let lastTime = 0;
  let tail = 0n;

  function advance(): void {
    const now = Math.floor(clock.now());
    if (now > lastTime) {
      lastTime = now;
      // The top bit stays free, so that counting up cannot overflow into the time.
      tail = BigInt(`0x${randomBytes(10).toString('hex')}`) >> 1n;
    } else {
      tail += 1n;
    }
  }

  return {
    next(kind) {
      advance();
      return trustedId(
        kind,
        `${kind}_${encode(BigInt(lastTime), timeDigits)}${encode(tail, tailDigits)}`,
      );
    },
    continueAfter(id) {
      const body = idForm.exec(id)?.[2];
      if (body === undefined) return;
      const time = Number(decode(body.slice(0, timeDigits)));
      const newest = decode(body.slice(timeDigits));
      if (time < lastTime || (time === lastTime && newest <= tail)) return;
      lastTime = time;
      // Another process may go on after the same one: far enough apart that they do not meet.
      tail = newest + BigInt(`0x${randomBytes(6).toString('hex')}`);
    },
  };
}

function encode(value: bigint, digits: number): string {
  // JavaScript's own digits of base 32 are 0-9a-v, in the same order.
  const plain = value.toString(32).padStart(digits, '0');
  let text = '';
  for (const digit of plain) text += alphabet.charAt(Number.parseInt(digit, 32));
  return text;
}

function decode(text: string): bigint {
  return Array.from(text).reduce(
    (value, digit) => (value << 5n) | BigInt(alphabet.indexOf(digit)),
    0n,
  );
}
