import { phoneNumbers } from './phone-numbers';

const found = (text: string) =>
  phoneNumbers(text, 0, text.length).map(({ start, end, digits }) => [
    text.slice(start, end),
    digits,
  ]);

describe('phoneNumbers', () => {
  it.each([
    ['Call +44 7700 900123.', '+44 7700 900123', '447700900123'],
    ['(+1-555-555-0142)', '+1-555-555-0142', '15555550142'],
    ['+44 (0)7700 900123 at nine', '+44 (0)7700 900123', '447700900123'],
    ['+1 (555) 555-0142', '+1 (555) 555-0142', '15555550142'],
    ['Tel:+33.6.39.98.12.34', '+33.6.39.98.12.34', '33639981234'],
    ['رقمي +966501234567', '+966501234567', '966501234567'],
  ])('finds in %j its number', (text, number, digits) => {
    expect(found(text)).toEqual([[number, digits]]);
  });

  it('finds several', () => {
    expect(found('+447700900123, +15555550142').map(([, digits]) => digits)).toEqual([
      '447700900123',
      '15555550142',
    ]);
  });

  it.each([
    '07700 900123',
    '447700900123',
    '+44',
    '+1 000 000',
    '+1234567890123456',
    'a+447700900123',
    '+447700900123@example.com',
    '+447700900123abc',
    '+0447700900123',
    '2++447700900123',
  ])('takes %j for none', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('looks only where it is told to', () => {
    const text = '+447700900123 +15555550142';
    expect(phoneNumbers(text, 13, text.length)).toEqual([
      { start: 14, end: 26, digits: '15555550142' },
    ]);
  });
});
