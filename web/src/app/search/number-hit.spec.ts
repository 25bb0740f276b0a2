import { numberHit } from './number-hit';

describe('numberHit', () => {
  it.each(['+44 7700 900123', '0044 7700', '07700 900123', '7700900', '(0)7700', '123'])(
    'is the number for %j',
    (search) => {
      expect(numberHit('447700900123', search)).toBe('447700900123');
    },
  );

  it.each(['', '44', 'Tom', '7700 Tom', '+49', '0'])('is nothing for %j', (search) => {
    expect(numberHit('447700900123', search)).toBeNull();
    expect(numberHit(null, '7700')).toBeNull();
  });
});
