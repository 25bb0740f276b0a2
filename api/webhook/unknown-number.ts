const words = 'unknown number ';

/** The reason to set something aside that came for a business number which is not configured. */
export function unknownNumber(phoneNumberId: string): string {
  return `${words}${phoneNumberId}`;
}

/** The number that a verdict calls unknown, or null when it says something else. */
export function unknownNumberIn(detail: string | null): string | null {
  return detail?.startsWith(words) === true ? detail.slice(words.length) : null;
}
