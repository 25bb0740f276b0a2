const minDigits = 7;
const maxDigits = 15; // ITU-T E.164

/** What is wrong with a number as people write it, and what to do; null when it is a wa_id. */
export function phoneNumberProblem(value: string): string | null {
  if (value === '') return 'Give a phone number: country code first, digits only.';
  if (/\p{L}/u.test(value)) return 'A phone number has digits only; this one has letters.';
  if (/^\s*(\+|00)[\d\s().-]*$/.test(value) && digitsOf(value).length >= minDigits) {
    return `Write the number without + or 00, spaces and punctuation: ${digitsOf(value)}.`;
  }
  if (!/^[0-9]+$/.test(value)) {
    return 'A phone number has digits only: leave out spaces, punctuation and other signs.';
  }
  if (value.startsWith('0')) {
    return 'Begin with the country code, without the leading 0: 447700900123 instead of 07700900123.';
  }
  if (value.length < minDigits) {
    return `This number is too short: it has ${value.length} digits; with its country code it has ${minDigits} to ${maxDigits}.`;
  }
  if (value.length > maxDigits) {
    return `This number is too long: it has ${value.length} digits; with its country code it has ${minDigits} to ${maxDigits}.`;
  }
  return null;
}

/**
 * The digits of a number as people write it, also of its beginning (`+44 77`), for a search. Null for what
 * may be words: without a prefix, fewer digits than a number has; or more than any has.
 */
export function digitsOfTypedNumber(text: string): string | null {
  const written = text.trim().replaceAll('(0)', '');
  if (!/^\+?[\d\s().-]+$/.test(written)) return null;
  const digits = digitsOf(written);
  const isNumber = /^(\+|00)/.test(written) || digits.length >= minDigits;
  return isNumber && digits !== '' && digits.length <= maxDigits ? digits : null;
}

function digitsOf(value: string): string {
  return value.replaceAll(/\D/g, '').replace(/^00/, '');
}
