import type { Person } from '../customer.ts';
import type { Dice } from './dice.ts';
import { nameFrom } from './names.ts';
import type { Language } from './names.ts';

export interface Member {
  readonly person: Person;
  readonly language: Language;
}

// Numbers kept for fiction: each list of them ends, and the next one goes on.
const usAreaCodes = 760;

/** +1 xxx 555 0100 to 0199 with any area code, +44 7700 900000 to 900999, and +33 6 39 98 0000 to 9999. */
function fictionalNumber(index: number): string {
  const nth = Math.floor(index / 3);
  if (index % 3 === 0) return `3363998${digits(nth % 10_000, 4)}`;
  if (index % 3 === 1 && nth < 1_000) return `447700900${digits(nth, 3)}`;
  const offset = index % 3 === 1 ? 0 : 380;
  const area = 201 + ((nth + offset) % usAreaCodes);
  return `1${area}55501${digits(Math.floor(nth / usAreaCodes) + (offset === 0 ? 0 : 50), 2)}`;
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** Somebody with the number of this index: up to 30,000 of them, all different. */
export function memberOf(dice: Dice, index: number): Member {
  const { language, name } = nameFrom(dice);
  const answersAs = ['en', 'fr', 'ar', 'de', 'pt'].find((known) => known === language) ?? null;
  // Known by username alone: no number at all.
  if (dice.happens(0.01)) {
    const username = `customer.${digits(index, 5)}`;
    return { person: { username, name, answersAs }, language };
  }
  return { person: { phoneNumber: fictionalNumber(index), name, answersAs }, language };
}
