import { shownLocale } from './shown-locale';

/** An amount that came as text, as the reader writes money: `€79.50`. As it came where it is no amount. */
export function moneyOf(amount: string, currency: string | null): string {
  const value = Number(amount);
  if (currency === null || amount.trim() === '') return amount;
  if (!Number.isFinite(value)) return `${amount} ${currency}`;
  try {
    return new Intl.NumberFormat(shownLocale(), { style: 'currency', currency }).format(value);
  } catch {
    // Not every code that a shop writes is one of ISO 4217's three letters.
    return `${amount} ${currency}`;
  }
}
