const fewestDigits = 3;

/** The number of a contact where what was typed is a part of it, as the server finds it; else null. */
export function numberHit(phoneNumber: string | null, search: string): string | null {
  if (phoneNumber === null || !/^[+(]?[\d\s().-]+$/.test(search.trim())) return null;
  const digits = search
    .replaceAll('(0)', '')
    .replaceAll(/\D/g, '')
    .replace(/^0{1,2}/, '');
  return digits.length >= fewestDigits && phoneNumber.includes(digits) ? phoneNumber : null;
}
