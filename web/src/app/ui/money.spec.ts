import { moneyOf } from './money';

describe('moneyOf', () => {
  it.each([
    ['79.5', 'EUR', '€79.50'],
    ['1250', 'USD', 'US$1,250.00'],
    ['1250', 'JPY', 'JP¥1,250'],
    ['79.5', null, '79.5'],
    ['79.5', 'coins', '79.5 coins'],
    ['on request', 'EUR', 'on request EUR'],
    ['', 'EUR', ''],
  ])('writes %s %s as %s', (amount, currency, written) => {
    expect(moneyOf(amount, currency)).toBe(written);
  });
});
