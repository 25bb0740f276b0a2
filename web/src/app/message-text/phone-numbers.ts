/** A number in a text, by its place there. */
export interface PhoneNumber {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
}

/** With its country code: what is written without one may be of any country, or no number of a phone. */
const written =
  /(?<![\p{L}\p{N}+@._-])\+\(?\d(?:[ \u00a0\u202f().·/\-‐-―]{0,3}\d){6,16}(?![\p{L}\p{N}@])/gu;

/** By E.164; shorter ones than eight are rather amounts with a sign. */
const [leastDigits, mostDigits] = [8, 15];

/** The numbers in a stretch of a text. In linear time. */
export function phoneNumbers(text: string, from: number, to: number): readonly PhoneNumber[] {
  return Array.from(text.slice(from, to).matchAll(written)).flatMap((match) => {
    const digits = match[0].replace('(0)', '').replace(/\D/gu, '');
    const isOne =
      digits.length >= leastDigits && digits.length <= mostDigits && !digits.startsWith('0');
    const start = from + match.index;
    return isOne ? [{ start, end: start + match[0].length, digits }] : [];
  });
}
