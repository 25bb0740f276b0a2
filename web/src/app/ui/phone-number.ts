/** How a number is shown: with its plus. */
export function shownNumber(digits: string): string {
  return `+${digits}`;
}
