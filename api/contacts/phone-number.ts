const minDigits = 7;
const maxDigits = 15; // ITU-T E.164

/** What is wrong with a number as people write it, and what to do; null when it is a wa_id. */
export function phoneNumberProblem(value: string): string | null {
  if (value === '') return 'Give a phone number: country code first, digits only.';
  if (/\p{L}/u.test(value)) return 'A phone number has digits only; this one has letters.';
  if (/^\s*(\+|00)[\d\s().-]*$/.test(value)) {
    const number = digitsOf(value.replaceAll('(0)', ''));
    return (
      digitsProblem(number) ??
      `Write the number without + or 00, spaces and punctuation: ${number}.`
    );
  }
  if (!/^[0-9]+$/.test(value)) {
    return 'A phone number has digits only: leave out spaces, punctuation and other signs.';
  }
  return digitsProblem(value);
}

function digitsProblem(digits: string): string | null {
  if (digits.startsWith('0')) {
    return 'Begin with the country code, without the leading 0: 447700900123 instead of 07700900123.';
  }
  if (digits.length < minDigits) {
    return `This number is too short: it has ${digits.length} digits; with its country code it has ${minDigits} to ${maxDigits}.`;
  }
  if (digits.length > maxDigits) {
    return `This number is too long: it has ${digits.length} digits; with its country code it has ${minDigits} to ${maxDigits}.`;
  }
  return null;
}

/**
 * The digits of a number as people write it, also of a part of it, for a search: `+44 77`, `0044…`, and the national form
 * `07700 900123`, whose 0 is not in the number. Null for what may be words: fewer digits than a number has, with no such prefix; or
 * more than any has.
 */
export function digitsOfTypedNumber(text: string): string | null {
  const written = text.trim().replaceAll('(0)', '');
  if (!/^\+?[\d\s().-]+$/.test(written)) return null;
  const isInternational = /^(\+|00)/.test(written);
  const digits = isInternational ? digitsOf(written) : nationalDigits(digitsOf(written));
  const isNumber = isInternational || digits.length >= minDigits || isNationalStart(written);
  return isNumber && digits !== '' && digits.length <= maxDigits ? digits : null;
}

/** Without the 0 that is dialled inside a country. Where it belongs to the number, as in Italy, the rest is a part of it all the same. */
function nationalDigits(digits: string): string {
  return digits.replace(/^0/, '');
}

/** `0770`, on the way to a number. */
function isNationalStart(written: string): boolean {
  return /^\(?0\d/.test(written) && digitsOf(written).length >= 4;
}

/** Shorter ends say little, and would be found everywhere. */
const shortestTail = 3;

/**
 * The number and its ends, `447700900123`, `47700900123` … `123`: a search for the beginning of one of them finds every
 * part of the number.
 */
export function tailsOf(number: string): string[] {
  const count = Math.max(1, number.length - shortestTail + 1);
  return Array.from({ length: count }, (_, from) => number.slice(from));
}

function digitsOf(value: string): string {
  return value.replaceAll(/\D/g, '').replace(/^00/, '');
}
