import { inDigits } from '../ui/numbers';

export type PhoneInput =
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'invalid'; readonly problem: string };

/** By E.164, and what WhatsApp takes. */
const minDigits = 7;
const maxDigits = 15;

/**
 * Reads a number as people write and paste it: `+44 7700 900123`, `0044 (0)7700-900123`,
 * `tel:+447700900123`. Answers its digits as WhatsApp wants them, or what is wrong with it.
 */
export function readPhoneInput(input: string): PhoneInput {
  const text = tidied(input);
  if (text === '')
    return invalid($localize`Enter the number with its country code, for example 44 7700 900123.`);
  if (/[^\d+]/u.test(text) || text.lastIndexOf('+') > 0) {
    return invalid($localize`A number has digits only. Check for letters and other signs.`);
  }
  const digits = text.replace(/^\+|^00/u, '');
  if (digits.startsWith('0')) {
    return invalid(
      $localize`Begin with the country code in place of the 0, for example 44 7700 900123.`,
    );
  }
  if (digits.length < minDigits) {
    return invalid(
      $localize`That is too short: a number has ${inDigits(minDigits)}:least: to ${inDigits(maxDigits)}:most: digits with its country code.`,
    );
  }
  if (digits.length > maxDigits) {
    return invalid(
      $localize`That is too long: a number has at most ${inDigits(maxDigits)}:most: digits.`,
    );
  }
  return { kind: 'number', digits };
}

/** Without what people write between digits, the 0 in brackets, and invisible marks that are copied along. */
function tidied(input: string): string {
  return input
    .normalize('NFKC')
    .replace(/^(tel|whatsapp):/iu, '')
    .replace(/\(0\)/gu, '')
    .replace(/[\s().\-‐-―/·\p{Cf}]/gu, '');
}

function invalid(problem: string): PhoneInput {
  return { kind: 'invalid', problem };
}
