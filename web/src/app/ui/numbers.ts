import { once } from './once';
import { shownLocale } from './shown-locale';

const digits = once(() => new Intl.NumberFormat(shownLocale()));
const list = once(() => new Intl.ListFormat(shownLocale(), { type: 'conjunction' }));

/** A count as the reader's language writes it: `4,096`. */
export function inDigits(count: number): string {
  return digits().format(count);
}

/** `A, B and C` */
export function listOf(names: readonly string[]): string {
  return list().format(names);
}
