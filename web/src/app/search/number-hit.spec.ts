import { numberHit } from './number-hit';

const marked = (number: string | null, search: string) =>
  numberHit(number, search)
    ?.map(({ isHit, text }) => (isHit ? `[${text}]` : text))
    .join('') ?? null;

describe('numberHit', () => {
  it.each([
    ['+44 7700 900123', '+[447700900123]'],
    ['0044 7700', '+[447700]900123'],
    ['07700 900123', '+44[7700900123]'],
    ['7700900', '+44[7700900]123'],
    ['(0)7700', '+44[7700]900123'],
    ['123', '+447700900[123]'],
  ])('marks %j in %s', (search, shown) => {
    expect(marked('447700900123', search)).toBe(shown);
  });

  it.each(['', '44', 'Tom', '7700 Tom', '+49 30', '0'])('is nothing for %j', (search) => {
    expect(marked('447700900123', search)).toBeNull();
    expect(marked(null, '7700')).toBeNull();
  });
});
