import { shownNumber } from '../ui/phone-number';
import type { TextPart } from './text-parts';

const fewestDigits = 3;

/** The number of a contact where what was typed is a part of it, as the server finds it, with that part marked; else null. */
export function numberHit(phoneNumber: string | null, search: string): readonly TextPart[] | null {
  if (phoneNumber === null || !/^[+(]?[\d\s().-]+$/.test(search.trim())) return null;
  const digits = search
    .replaceAll('(0)', '')
    .replaceAll(/\D/g, '')
    .replace(/^0{1,2}/, '');
  const shown = shownNumber(phoneNumber);
  const start = shown.indexOf(digits);
  if (digits.length < fewestDigits || start < 0) return null;
  const end = start + digits.length;
  return [
    { text: shown.slice(0, start), isHit: false },
    { text: shown.slice(start, end), isHit: true },
    { text: shown.slice(end), isHit: false },
  ].filter(({ text }) => text !== '');
}
