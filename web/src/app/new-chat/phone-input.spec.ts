import { readPhoneInput } from './phone-input';

describe('readPhoneInput', () => {
  it.each([
    ['447700900123', '447700900123'],
    ['+44 7700 900123', '447700900123'],
    ['+44 (0)7700 900123', '447700900123'],
    ['0044 7700-900.123', '447700900123'],
    ['tel:+1-555-555-0142', '15555550142'],
    ['\u202a+33 6 39 98 12 34\u202c', '33639981234'],
    ['+61\u00a0491\u2011570\u2013156', '61491570156'],
    [
      '+44 7700 900123'.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))),
      '447700900123',
    ],
    ['1234567', '1234567'],
    ['123456789012345', '123456789012345'],
  ])('tidies %j', (input, digits) => {
    expect(readPhoneInput(input)).toEqual({ kind: 'number', digits });
  });

  it.each([
    ['', 'country code'],
    ['   ', 'country code'],
    ['+', 'too short'],
    ['123456', 'too short'],
    ['1234567890123456', 'too long'],
    ['44 7700 9oo123', 'digits only'],
    ['44+7700900123', 'digits only'],
    ['07700 900123', 'country code'],
    ['@amara', 'digits only'],
  ])('explains what is wrong with %j', (input, words) => {
    const result = readPhoneInput(input);
    expect(result.kind === 'invalid' ? result.problem : '').toContain(words);
  });
});
