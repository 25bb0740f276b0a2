import { digitsOfTypedNumber, phoneNumberProblem, tailsOf } from './phone-number.ts';

describe('phoneNumberProblem', () => {
  it.each(['447700900123', '15555550142', '1234567', '123456789012345'])('accepts %s', (number) => {
    expect(phoneNumberProblem(number)).toBeNull();
  });

  it.each([
    ['', 'Give a phone number'],
    ['   ', 'digits only'],
    ['+', 'too short: it has 0 digits'],
    ['+44', 'too short: it has 2 digits'],
    ['+1234567890123456', 'too long: it has 16 digits'],
    ['+00000000', 'without the leading 0'],
    ['+44 (0)7700 900123', 'punctuation: 447700900123.'],
    ['+447700900123', 'punctuation: 447700900123.'],
    ['+44 7700 900123', 'punctuation: 447700900123.'],
    ['0044 7700 900-123', 'punctuation: 447700900123.'],
    ['44 7700 900123', 'digits only: leave out spaces'],
    ['44-7700.900(123)', 'digits only: leave out spaces'],
    ['44770090012a', 'has letters'],
    ['call me', 'has letters'],
    ['٤٤٧٧٠٠٩٠٠١٢٣', 'digits only'],
    ['447700900123\n', 'digits only'],
    ['07700900123', 'without the leading 0'],
    ['123456', 'too short: it has 6 digits'],
    ['1234567890123456', 'too long: it has 16 digits'],
  ])('says of %j: %s', (number, problem) => {
    expect(phoneNumberProblem(number)).toContain(problem);
  });

  it('judges a very long text quickly', () => {
    const startedAt = performance.now();
    expect(phoneNumberProblem(`+${' -('.repeat(200_000)}x`)).not.toBeNull();
    expect(phoneNumberProblem(' '.repeat(500_000))).not.toBeNull();
    expect(phoneNumberProblem('0'.repeat(500_000))).not.toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

describe('digitsOfTypedNumber', () => {
  it.each([
    ['+44 7700 900123', '447700900123'],
    [' +4', '4'],
    ['0044 (0)7700-900.123', '447700900123'],
    ['44 7700 900123', '447700900123'],
    ['447700900123', '447700900123'],
    ['07700 900123', '7700900123'],
    ['(0770) 0900123', '7700900123'],
    ['0770', '770'],
    ['7700900', '7700900'],
    ['(555) 555-0142', '5555550142'],
    ['06 1234 5678', '612345678'],
  ])('reads %j as %s', (text, digits) => {
    expect(digitsOfTypedNumber(text)).toBe(digits);
  });

  it.each([
    '',
    '+',
    '0',
    '7 11',
    '24',
    '900123',
    'Amara',
    '+44 amara',
    '44 7700 900123 Tom',
    '4471, 4479 12',
  ])('takes %j for words', (text) => {
    expect(digitsOfTypedNumber(text)).toBeNull();
  });
});

describe('tailsOf', () => {
  it('is every end of a number that says something', () => {
    expect(tailsOf('1234567')).toEqual(['1234567', '234567', '34567', '4567', '567']);
    expect(tailsOf('12')).toEqual(['12']);
  });
});
