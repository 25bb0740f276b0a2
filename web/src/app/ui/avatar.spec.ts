import { hueOf, initialsOf } from './avatar';

describe('initialsOf', () => {
  it('takes the first letters of the first and last word', () => {
    expect(initialsOf('Amara Okafor')).toBe('AO');
    expect(initialsOf('léa de la Fontaine')).toBe('LF');
    expect(initialsOf('Tom')).toBe('T');
  });

  it('finds letters behind signs, in any script', () => {
    expect(initialsOf('@kiri')).toBe('K');
    expect(initialsOf('ليلى حداد')).toBe('لح');
  });

  it('is empty for a bare number, an emoji or nothing', () => {
    expect(initialsOf('+447700900123')).toBe('');
    expect(initialsOf('🎉 🎉')).toBe('');
    expect(initialsOf('')).toBe('');
  });
});

describe('hueOf', () => {
  it('stays the same for an id and lies in the range', () => {
    const hues = Array.from({ length: 200 }, (_, n) => hueOf(`cnt_${String(n)}`));
    expect(hueOf('cnt_7')).toBe(hues[7]);
    expect(new Set(hues).size).toBe(8);
    expect(Math.min(...hues)).toBeGreaterThanOrEqual(0);
  });
});
